window.__THAR_CONFIG = {
 "userInfo": {
  "accountId": "101",
  "userName": "ana_lopez",
  "displayName": "Ana Lopez"
 },
 "archiveInfo": {
  "sizeBytes": "12345",
  "generationDate": "2026-10-04T05:46:38.082Z",
  "isPartialArchive": true,
  "maxPartSizeBytes": "53687091200"
 },
 "dataTypes": {
  "tweets": {
   "mediaDirectory": "data/tweets_media",
   "files": [
    {
     "fileName": "data/tweets.js",
     "globalName": "YTD.tweets.part0",
     "count": "9"
    },
    {
     "fileName": "data/tweets-part1.js",
     "globalName": "YTD.tweets.part1",
     "count": "1"
    },
    {
     "fileName": "data/tweets-part2.js",
     "globalName": "YTD.tweets.part2",
     "count": "1"
    }
   ]
  },
  "block": {
   "files": [
    {
     "fileName": "data/block.js",
     "globalName": "YTD.block.part0",
     "count": "1"
    }
   ]
  }
 }
}
