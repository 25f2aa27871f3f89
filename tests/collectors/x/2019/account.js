window.YTD.account.part0 = [
 {
  "account": {
   "username": "ana_lopez",
   "accountId": "101"
  }
 }
]
