window.YTD.following.part0 = [
 {
  "following": {
   "accountId": "202",
   "userLink": "https://twitter.com/intent/user?user_id=202"
  }
 }
]
