window.YTD.follower.part0 = [
 {
  "follower": {
   "accountId": "202",
   "userLink": "https://twitter.com/intent/user?user_id=202"
  }
 },
 {
  "follower": {
   "accountId": "303",
   "userLink": "https://twitter.com/intent/user?user_id=303"
  }
 }
]
