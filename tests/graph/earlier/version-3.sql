BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	handle TEXT NOT NULL, 
	name TEXT NOT NULL, 
	organisation TEXT NOT NULL, 
	nature TEXT NOT NULL, 
	owner INTEGER NOT NULL, 
	muted INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source, handle), 
	FOREIGN KEY(person_id) REFERENCES account (id)
)
 STRICT

;
INSERT INTO "account" VALUES(1,'me','me','','','person',1,0,4);
INSERT INTO "account" VALUES(2,'email','ana@example.org','Ana López','Acme','person',0,0,2);
INSERT INTO "account" VALUES(3,'email','ben@example.org','','','person',0,0,3);
INSERT INTO "account" VALUES(4,'email','me@example.org','Me Myself','','person',1,0,4);
INSERT INTO "account" VALUES(5,'email','news@example.org','Example News','','list',0,0,5);
INSERT INTO "account" VALUES(6,'linkedin','ana','Ana','','person',0,0,2);
INSERT INTO "account" VALUES(7,'linkedin','ben','Ben Okafor','','person',0,0,7);
INSERT INTO "account" VALUES(8,'email','chidi@example.org','','','person',0,1,8);
INSERT INTO "account" VALUES(9,'email','dara@example.org','','','person',0,0,9);
INSERT INTO "account" VALUES(11,'x','17','','','person',0,0,2);
CREATE TABLE account_tag (
	account_id INTEGER NOT NULL, 
	tag TEXT NOT NULL, 
	PRIMARY KEY (account_id, tag), 
	FOREIGN KEY(account_id) REFERENCES account (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "account_tag" VALUES(2,'client');
INSERT INTO "account_tag" VALUES(2,'q1');
CREATE TABLE contact (
	day INTEGER NOT NULL, 
	sender_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	kind_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	audience INTEGER NOT NULL, 
	acts INTEGER NOT NULL, 
	PRIMARY KEY (day, sender_id, recipient_id, kind_id, source_id, audience), 
	FOREIGN KEY(sender_id) REFERENCES account (id), 
	FOREIGN KEY(recipient_id) REFERENCES account (id), 
	FOREIGN KEY(kind_id) REFERENCES kind (id), 
	FOREIGN KEY(source_id) REFERENCES source (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "contact" VALUES(-1,4,9,0,1,1,1);
INSERT INTO "contact" VALUES(20090,4,2,0,1,1,1);
INSERT INTO "contact" VALUES(20090,4,2,0,1,3,1);
INSERT INTO "contact" VALUES(20091,2,4,1,1,1,1);
INSERT INTO "contact" VALUES(20091,3,4,0,1,1,1);
INSERT INTO "contact" VALUES(20091,4,2,0,1,3,1);
INSERT INTO "contact" VALUES(20091,4,3,0,1,3,1);
INSERT INTO "contact" VALUES(20091,4,8,0,1,3,1);
INSERT INTO "contact" VALUES(20092,5,4,0,1,5000,1);
INSERT INTO "contact" VALUES(20093,4,3,0,1,2,1);
INSERT INTO "contact" VALUES(20120,2,3,8,2,3,1);
INSERT INTO "contact" VALUES(20120,2,4,8,2,3,1);
INSERT INTO "contact" VALUES(20120,2,9,8,2,3,1);
INSERT INTO "contact" VALUES(20120,3,2,8,2,3,1);
INSERT INTO "contact" VALUES(20120,3,4,8,2,3,1);
INSERT INTO "contact" VALUES(20120,3,9,8,2,3,1);
INSERT INTO "contact" VALUES(20120,4,2,8,2,3,1);
INSERT INTO "contact" VALUES(20120,4,3,8,2,3,1);
INSERT INTO "contact" VALUES(20120,4,8,9,2,2,1);
INSERT INTO "contact" VALUES(20120,4,9,8,2,3,1);
INSERT INTO "contact" VALUES(20120,8,4,9,2,2,1);
INSERT INTO "contact" VALUES(20120,9,2,8,2,3,1);
INSERT INTO "contact" VALUES(20120,9,3,8,2,3,1);
INSERT INTO "contact" VALUES(20120,9,4,8,2,3,1);
INSERT INTO "contact" VALUES(20148,1,2,8,3,2,1);
INSERT INTO "contact" VALUES(20148,1,3,8,3,2,1);
INSERT INTO "contact" VALUES(20148,2,1,8,3,2,1);
INSERT INTO "contact" VALUES(20148,2,3,8,3,2,1);
INSERT INTO "contact" VALUES(20148,3,1,8,3,2,1);
INSERT INTO "contact" VALUES(20148,3,2,8,3,2,1);
INSERT INTO "contact" VALUES(20149,2,1,12,3,2,1);
INSERT INTO "contact" VALUES(20149,2,8,12,3,2,1);
INSERT INTO "contact" VALUES(20150,1,9,0,3,1,1);
INSERT INTO "contact" VALUES(20179,1,11,4,4,1,1);
INSERT INTO "contact" VALUES(20179,11,1,1,4,1,1);
INSERT INTO "contact" VALUES(20180,1,11,0,4,1,1);
INSERT INTO "contact" VALUES(20180,11,1,0,4,1,1);
CREATE TABLE cursor (
	source TEXT NOT NULL, 
	stream TEXT NOT NULL, 
	cursor TEXT NOT NULL, 
	PRIMARY KEY (source, stream)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "cursor" VALUES('x','mentions','{"first": ["17"], "since": "100"}');
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	word TEXT NOT NULL, 
	changes TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "decision" VALUES(1,'merge','[[["link", 2, 11, "told by the owner"], null]]');
INSERT INTO "decision" VALUES(2,'split','[[["link", 3, 7, "told by the owner"], null]]');
INSERT INTO "decision" VALUES(3,'mute','[[["account", 8], [0, 0]]]');
INSERT INTO "decision" VALUES(4,'tag','[[["account_tag", 2, "client"], null], [["account_tag", 2, "q1"], null]]');
CREATE TABLE declared_tie (
	source_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	since_day INTEGER, 
	PRIMARY KEY (source_id, kind, account_id, other_id), 
	FOREIGN KEY(source_id) REFERENCES source (id), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(other_id) REFERENCES account (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "declared_tie" VALUES(4,'follows',11,1,NULL);
INSERT INTO "declared_tie" VALUES(5,'connected',1,7,18383);
CREATE TABLE expense (
	interaction_id INTEGER NOT NULL, 
	amount REAL NOT NULL, 
	currency TEXT NOT NULL, 
	PRIMARY KEY (interaction_id), 
	FOREIGN KEY(interaction_id) REFERENCES interaction (id)
)
 STRICT

;
INSERT INTO "expense" VALUES(3098849581922823964,90.5,'EUR');
INSERT INTO "expense" VALUES(5725652006581137258,7.0,'');
CREATE TABLE forgotten (
	hash BLOB NOT NULL, 
	PRIMARY KEY (hash)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "forgotten" VALUES(X'DBB7EFEB58F9C88D5C3B565B8B37141F988F6CEB25F5C8607DD7F1B0FE63B90E');
CREATE TABLE interaction (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	kind_id INTEGER NOT NULL, 
	at INTEGER, 
	precision_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	sender_id INTEGER NOT NULL, 
	recipient_id INTEGER, 
	audience INTEGER NOT NULL, 
	thread INTEGER, 
	parent INTEGER, 
	places INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(source_id) REFERENCES source (id), 
	FOREIGN KEY(kind_id) REFERENCES kind (id), 
	FOREIGN KEY(precision_id) REFERENCES precision (id), 
	FOREIGN KEY(sender_id) REFERENCES account (id), 
	FOREIGN KEY(recipient_id) REFERENCES account (id)
)
 STRICT

;
INSERT INTO "interaction" VALUES(-7679292380248591370,3,14,NULL,4,0,8,1,1,NULL,NULL,4);
INSERT INTO "interaction" VALUES(-7489925193649017646,4,0,1743586200,0,0,11,1,1,7316135813225837005,NULL,8);
INSERT INTO "interaction" VALUES(-4250541777042694948,1,0,1736069400,0,0,4,3,2,NULL,NULL,1);
INSERT INTO "interaction" VALUES(-3516821578820223218,1,0,-60,0,0,4,9,1,NULL,NULL,1);
INSERT INTO "interaction" VALUES(-2576238751418050771,1,0,1735810200,0,0,4,2,1,-4365913754688516345,NULL,1);
INSERT INTO "interaction" VALUES(-1946904928125457466,2,9,1738402200,0,0,4,NULL,2,NULL,NULL,2);
INSERT INTO "interaction" VALUES(-1001873220226927284,1,0,1735903800,0,0,3,NULL,1,NULL,NULL,1);
INSERT INTO "interaction" VALUES(-583393121810854654,2,8,1738402200,0,0,2,NULL,3,NULL,NULL,2);
INSERT INTO "interaction" VALUES(1238679777679927030,4,4,1743499800,3,0,1,11,1,NULL,NULL,8);
INSERT INTO "interaction" VALUES(2726992077109716985,1,0,1735839000,0,0,4,2,3,NULL,NULL,1);
INSERT INTO "interaction" VALUES(3098849581922823964,3,8,1740787200,2,0,1,NULL,2,NULL,NULL,4);
INSERT INTO "interaction" VALUES(4090260065889187820,1,0,1735983000,0,0,5,4,5000,NULL,NULL,1);
INSERT INTO "interaction" VALUES(4929351665408570546,3,12,1740873600,2,0,2,NULL,2,NULL,NULL,4);
INSERT INTO "interaction" VALUES(5725652006581137258,3,0,1740994200,0,0,1,9,1,NULL,NULL,4);
INSERT INTO "interaction" VALUES(5820460800556869298,4,1,1743499800,0,0,11,1,1,NULL,-6414280810598025966,8);
INSERT INTO "interaction" VALUES(7023763092898015368,1,0,1735896600,0,0,4,NULL,3,NULL,NULL,1);
INSERT INTO "interaction" VALUES(8141224450789772206,4,0,1743586200,0,0,1,11,1,7316135813225837005,-7489925193649017646,8);
INSERT INTO "interaction" VALUES(8863677061288457978,1,1,1735896600,0,0,2,4,1,-4365913754688516345,-2576238751418050771,1);
CREATE TABLE interaction_tag (
	interaction_id INTEGER NOT NULL, 
	tag TEXT NOT NULL, 
	PRIMARY KEY (interaction_id, tag), 
	FOREIGN KEY(interaction_id) REFERENCES interaction (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "interaction_tag" VALUES(3098849581922823964,'café');
INSERT INTO "interaction_tag" VALUES(3098849581922823964,'q1');
INSERT INTO "interaction_tag" VALUES(4929351665408570546,'q1');
CREATE TABLE kind (
	id INTEGER NOT NULL, 
	word TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (word)
)
 STRICT

;
INSERT INTO "kind" VALUES(0,'message');
INSERT INTO "kind" VALUES(1,'reply');
INSERT INTO "kind" VALUES(2,'mention');
INSERT INTO "kind" VALUES(3,'comment');
INSERT INTO "kind" VALUES(4,'reaction');
INSERT INTO "kind" VALUES(5,'repost');
INSERT INTO "kind" VALUES(6,'quote');
INSERT INTO "kind" VALUES(7,'invitation');
INSERT INTO "kind" VALUES(8,'meeting');
INSERT INTO "kind" VALUES(9,'call');
INSERT INTO "kind" VALUES(10,'endorsement');
INSERT INTO "kind" VALUES(11,'recommendation');
INSERT INTO "kind" VALUES(12,'introduction');
INSERT INTO "kind" VALUES(13,'referral');
INSERT INTO "kind" VALUES(14,'thanks');
INSERT INTO "kind" VALUES(15,'decline');
INSERT INTO "kind" VALUES(16,'complaint');
CREATE TABLE link (
	account_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	basis TEXT NOT NULL, 
	confidence REAL NOT NULL, 
	withdrawn INTEGER NOT NULL, 
	PRIMARY KEY (account_id, other_id, basis), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(other_id) REFERENCES account (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "link" VALUES(1,4,'the owner''s own account',1.0,0);
INSERT INTO "link" VALUES(2,6,'told by email',1.0,0);
INSERT INTO "link" VALUES(2,11,'told by the owner',1.0,0);
INSERT INTO "link" VALUES(3,7,'told by email',1.0,0);
INSERT INTO "link" VALUES(3,7,'told by the owner',1.0,1);
CREATE TABLE outcome (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	status TEXT NOT NULL, 
	opened_day INTEGER, 
	closed_day INTEGER, 
	value INTEGER, 
	currency TEXT NOT NULL, 
	hours REAL, 
	organisation TEXT NOT NULL, 
	title TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT

;
CREATE TABLE outcome_person (
	outcome_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	role INTEGER NOT NULL, 
	PRIMARY KEY (outcome_id, account_id), 
	FOREIGN KEY(outcome_id) REFERENCES outcome (id), 
	FOREIGN KEY(account_id) REFERENCES account (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE output (
	path TEXT NOT NULL, 
	digest BLOB NOT NULL, 
	PRIMARY KEY (path)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE participant (
	interaction_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	role INTEGER NOT NULL, 
	PRIMARY KEY (interaction_id, account_id), 
	FOREIGN KEY(interaction_id) REFERENCES interaction (id), 
	FOREIGN KEY(account_id) REFERENCES account (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "participant" VALUES(-1946904928125457466,4,3);
INSERT INTO "participant" VALUES(-1946904928125457466,8,3);
INSERT INTO "participant" VALUES(-1001873220226927284,4,2);
INSERT INTO "participant" VALUES(-583393121810854654,2,3);
INSERT INTO "participant" VALUES(-583393121810854654,3,3);
INSERT INTO "participant" VALUES(-583393121810854654,4,3);
INSERT INTO "participant" VALUES(-583393121810854654,9,3);
INSERT INTO "participant" VALUES(3098849581922823964,1,3);
INSERT INTO "participant" VALUES(3098849581922823964,2,3);
INSERT INTO "participant" VALUES(3098849581922823964,3,3);
INSERT INTO "participant" VALUES(4929351665408570546,1,1);
INSERT INTO "participant" VALUES(4929351665408570546,8,1);
INSERT INTO "participant" VALUES(7023763092898015368,2,1);
INSERT INTO "participant" VALUES(7023763092898015368,3,1);
INSERT INTO "participant" VALUES(7023763092898015368,8,2);
CREATE TABLE place (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	read_at INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (source_id, name), 
	FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT

;
INSERT INTO "place" VALUES(1,1,'inbox.mbox',NULL);
INSERT INTO "place" VALUES(2,2,'work.ics',NULL);
INSERT INTO "place" VALUES(3,3,'journal.txt',NULL);
INSERT INTO "place" VALUES(4,4,'mentions',NULL);
CREATE TABLE precision (
	id INTEGER NOT NULL, 
	word TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (word)
)
 STRICT

;
INSERT INTO "precision" VALUES(0,'instant');
INSERT INTO "precision" VALUES(1,'local');
INSERT INTO "precision" VALUES(2,'day');
INSERT INTO "precision" VALUES(3,'proxy');
INSERT INTO "precision" VALUES(4,'unknown');
CREATE TABLE problem (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	export TEXT NOT NULL, 
	place TEXT NOT NULL, 
	code TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source, export, place, code)
)
 STRICT

;
INSERT INTO "problem" VALUES(1,'email','inbox.mbox','inbox.mbox:90','bad_date','a date that is none');
CREATE TABLE score (
	snapshot_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value REAL NOT NULL, 
	PRIMARY KEY (snapshot_id, account_id, name), 
	FOREIGN KEY(snapshot_id) REFERENCES snapshot (id), 
	FOREIGN KEY(account_id) REFERENCES account (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "score" VALUES(1,1,'gini',0.3);
INSERT INTO "score" VALUES(1,2,'strength',41.5);
INSERT INTO "score" VALUES(1,2,'trust',0.25);
CREATE TABLE setting (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 STRICT

;
INSERT INTO "setting" VALUES('schema_version','3');
INSERT INTO "setting" VALUES('salt','8cd927e8c05b90050059f8437e2f0a88a32669dd53c771071e2e01f749983f92');
INSERT INTO "setting" VALUES('removals','1');
CREATE TABLE snapshot (
	id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	ego_id INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	parameters TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (day, ego_id), 
	FOREIGN KEY(ego_id) REFERENCES account (id)
)
 STRICT

;
INSERT INTO "snapshot" VALUES(1,20200,1,'0.1','{"half_life": 90}');
CREATE TABLE source (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
)
 STRICT

;
INSERT INTO "source" VALUES(1,'email');
INSERT INTO "source" VALUES(2,'calendar');
INSERT INTO "source" VALUES(3,'journal');
INSERT INTO "source" VALUES(4,'x');
INSERT INTO "source" VALUES(5,'linkedin');
CREATE INDEX account_by_person ON account (person_id);
CREATE INDEX link_by_other ON link (other_id);
CREATE VIEW reached AS SELECT interaction.id AS interaction_id, interaction.recipient_id AS account_id, 1 AS role 
FROM interaction 
WHERE interaction.recipient_id IS NOT NULL UNION ALL SELECT participant.interaction_id, participant.account_id, participant.role 
FROM participant;
COMMIT;
