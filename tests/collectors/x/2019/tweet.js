window.YTD.tweet.part0 = [
 {
  "edit_info": {
   "initial": {
    "editTweetIds": [
     "1100000000000000001"
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
     "name": "Ben_Adler",
     "screen_name": "ben_adler",
     "indices": [
      "0",
      "5"
     ],
     "id_str": "202",
     "id": "202"
    }
   ],
   "urls": []
  },
  "favorite_count": "2",
  "id_str": "1100000000000000001",
  "id": "1100000000000000001",
  "created_at": "Mon Feb 25 10:00:00 +0000 2019",
  "full_text": "@ben_adler see you there",
  "lang": "en",
  "in_reply_to_status_id_str": "1099999999999999999",
  "in_reply_to_status_id": "1099999999999999999",
  "in_reply_to_user_id_str": "202",
  "in_reply_to_user_id": "202",
  "in_reply_to_screen_name": "ben_adler"
 }
]
