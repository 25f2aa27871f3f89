window.YTD.direct_messages_group.part0 = [
 {
  "dmConversation": {
   "conversationId": "1612345678901234567",
   "messages": [
    {
     "messageCreate": {
      "reactions": [],
      "urls": [],
      "text": "…",
      "mediaUrls": [],
      "senderId": "101",
      "id": "1712000000000000004",
      "createdAt": "2024-03-06T09:40:00.000Z"
     }
    },
    {
     "participantsLeave": {
      "userIds": [
       "202"
      ],
      "createdAt": "2024-03-06T09:30:00.000Z"
     }
    },
    {
     "messageCreate": {
      "reactions": [],
      "urls": [],
      "text": "…",
      "mediaUrls": [],
      "senderId": "303",
      "id": "1712000000000000003",
      "createdAt": "2024-03-06T09:20:00.000Z"
     }
    },
    {
     "participantsJoin": {
      "initiatingUserId": "101",
      "userIds": [
       "303"
      ],
      "createdAt": "2024-03-06T09:10:00.000Z"
     }
    },
    {
     "messageCreate": {
      "reactions": [],
      "urls": [],
      "text": "…",
      "mediaUrls": [],
      "senderId": "202",
      "id": "1712000000000000002",
      "createdAt": "2024-03-06T09:05:00.120Z"
     }
    },
    {
     "joinConversation": {
      "initiatingUserId": "202",
      "participantsSnapshot": [
       "202",
       "101"
      ],
      "createdAt": "2024-03-06T09:00:00.000Z"
     }
    }
   ]
  }
 }
]
