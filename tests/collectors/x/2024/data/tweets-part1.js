window.YTD.tweets.part1 = [
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1600000000000000001"
     ],
     "isEditEligible": true
    }
   },
   "retweeted": false,
   "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [
     {
      "name": "Dara",
      "screen_name": "dara",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "404",
      "id": "404"
     }
    ],
    "urls": []
   },
   "favorite_count": "2",
   "id_str": "1600000000000000001",
   "id": "1600000000000000001",
   "created_at": "Sun Jan 01 00:00:00 +0000 2023",
   "full_text": "@dara happy new year",
   "lang": "en"
  }
 }
]
