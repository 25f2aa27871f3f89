window.YTD.direct_message.part0 = [
 {
  "dmConversation": {
   "conversationId": "101-404",
   "messages": [
    {
     "messageCreate": {
      "recipientId": "101",
      "reactions": [],
      "urls": [],
      "text": "…",
      "mediaUrls": [],
      "senderId": "404",
      "id": "1100000000000000002",
      "createdAt": "2019-02-25T10:05:00.000Z"
     }
    }
   ]
  }
 }
]
