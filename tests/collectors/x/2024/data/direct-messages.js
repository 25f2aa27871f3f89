window.YTD.direct_messages.part0 = [
 {
  "dmConversation": {
   "conversationId": "101-202",
   "messages": [
    {
     "messageCreate": {
      "recipientId": "101",
      "reactions": [
       {
        "senderId": "101",
        "reactionKey": "like",
        "eventId": "1711000000000000003",
        "createdAt": "2024-03-06T09:17:00.000Z"
       }
      ],
      "urls": [],
      "text": "…",
      "mediaUrls": [],
      "senderId": "202",
      "id": "1711000000000000002",
      "createdAt": "2024-03-06T09:16:00.000Z"
     }
    },
    {
     "messageCreate": {
      "recipientId": "202",
      "reactions": [],
      "urls": [],
      "text": "…",
      "mediaUrls": [],
      "senderId": "101",
      "id": "1711000000000000001",
      "createdAt": "2024-03-06T09:15:00.744Z"
     }
    }
   ]
  }
 }
]
