var user_details =  {"expanded_url":"","screen_name":"ana_lopez","full_name":"Ana Lopez","id":"101","created_at":"2008-11-15 13:18:50 +0000"}
