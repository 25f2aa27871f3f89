window.YTD.account.part0 = [
 {
  "account": {
   "email": "Ana@example.org",
   "createdVia": "web",
   "username": "ana_lopez",
   "accountId": "101",
   "createdAt": "2010-11-15T13:18:50.000Z",
   "accountDisplayName": "Ana Lopez"
  }
 }
]
