window.YTD.like.part0 = [
 {
  "like": {
   "tweetId": "1699999999999999999",
   "fullText": "liked",
   "expandedUrl": "https://twitter.com/i/web/status/1699999999999999999"
  }
 },
 {
  "like": {
   "tweetId": "1212092628029698048",
   "fullText": "liked",
   "expandedUrl": "https://twitter.com/dara/status/1212092628029698048"
  }
 }
]
