window.YTD.tweets.part0 = [
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000101"
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
     },
     {
      "name": "Chidieze",
      "screen_name": "ChidiEze",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "303",
      "id": "303"
     }
    ],
    "urls": []
   },
   "favorite_count": "2",
   "id_str": "1700000000000000101",
   "id": "1700000000000000101",
   "created_at": "Tue Mar 05 14:02:11 +0000 2024",
   "full_text": "@ben_adler agreed &amp; let us ask @ChidiEze",
   "lang": "en",
   "in_reply_to_status_id_str": "1700000000000000055",
   "in_reply_to_status_id": "1700000000000000055",
   "in_reply_to_user_id_str": "202",
   "in_reply_to_user_id": "202",
   "in_reply_to_screen_name": "ben_adler"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000102"
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
     },
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
   "id_str": "1700000000000000102",
   "id": "1700000000000000102",
   "created_at": "Tue Mar 05 15:02:11 +0000 2024",
   "full_text": "RT @ben_adler: with @dara at the harbour…",
   "lang": "en"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000103"
     ],
     "isEditEligible": true
    }
   },
   "retweeted": false,
   "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [],
    "urls": [
     {
      "url": "https://t.co/x",
      "expanded_url": "https://twitter.com/Eda_Koc/status/1699999999999999999",
      "display_url": "…"
     }
    ]
   },
   "favorite_count": "2",
   "id_str": "1700000000000000103",
   "id": "1700000000000000103",
   "created_at": "Wed Mar 06 09:00:00 +0000 2024",
   "full_text": "This https://t.co/x",
   "lang": "en"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000104"
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
      "name": "Gone",
      "screen_name": "gone",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "-1",
      "id": "-1"
     }
    ],
    "urls": []
   },
   "favorite_count": "2",
   "id_str": "1700000000000000104",
   "id": "1700000000000000104",
   "created_at": "Wed Mar 06 10:00:00 +0000 2024",
   "full_text": "@gone hello",
   "lang": "en",
   "in_reply_to_status_id_str": "1690000000000000000",
   "in_reply_to_status_id": "1690000000000000000",
   "in_reply_to_user_id_str": "606",
   "in_reply_to_user_id": "606"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000105"
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
     },
     {
      "name": "Ana_Lopez",
      "screen_name": "ana_lopez",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "101",
      "id": "101"
     }
    ],
    "urls": []
   },
   "favorite_count": "2",
   "id_str": "1700000000000000105",
   "id": "1700000000000000105",
   "created_at": "Wed Mar 06 11:00:00 +0000 2024",
   "full_text": "Dinner with @dara and @ana_lopez",
   "lang": "en"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000106"
     ],
     "isEditEligible": true
    }
   },
   "retweeted": false,
   "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [],
    "urls": []
   },
   "favorite_count": "2",
   "id_str": "1700000000000000106",
   "id": "1700000000000000106",
   "created_at": "Wed Mar 06 12:00:00 +0000 2024",
   "full_text": "… and one more thing",
   "lang": "en",
   "in_reply_to_status_id_str": "1700000000000000105",
   "in_reply_to_status_id": "1700000000000000105",
   "in_reply_to_user_id_str": "101",
   "in_reply_to_user_id": "101",
   "in_reply_to_screen_name": "ana_lopez"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000107"
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
      "name": "Chidieze",
      "screen_name": "ChidiEze",
      "indices": [
       "0",
       "5"
      ],
      "id_str": "303",
      "id": "303"
     }
    ],
    "urls": [
     {
      "url": "https://t.co/x",
      "expanded_url": "https://example.org/",
      "display_url": "…"
     },
     {
      "url": "https://t.co/x",
      "expanded_url": "https://x.com/chidieze/status/1699999999999999998",
      "display_url": "…"
     }
    ]
   },
   "favorite_count": "2",
   "id_str": "1700000000000000107",
   "id": "1700000000000000107",
   "created_at": "Wed Mar 06 13:00:00 +0000 2024",
   "full_text": "Read https://t.co/x by @ChidiEze",
   "lang": "en"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000108"
     ],
     "isEditEligible": true
    }
   },
   "retweeted": false,
   "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [],
    "urls": []
   },
   "favorite_count": "2",
   "id_str": "1700000000000000108",
   "id": "1700000000000000108",
   "created_at": "Wed Mar 06 14:00:00 +0000 2024",
   "full_text": "Nobody in particular",
   "lang": "en"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1700000000000000109"
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
   "id_str": "1700000000000000109",
   "id": "1700000000000000109",
   "created_at": "one fine day",
   "full_text": "@ben_adler hello",
   "lang": "en"
  }
 }
]
