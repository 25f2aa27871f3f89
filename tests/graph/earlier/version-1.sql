BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	handle VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	organisation VARCHAR NOT NULL, 
	nature VARCHAR NOT NULL, 
	owner BOOLEAN NOT NULL, 
	muted BOOLEAN NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source, handle)
);
INSERT INTO "account" VALUES(1,'me','me','','','person',1,0,2);
INSERT INTO "account" VALUES(2,'email','me@example.org','Me Myself','','person',1,0,2);
INSERT INTO "account" VALUES(3,'email','ana@example.org','Ana López','Acme','person',0,0,3);
INSERT INTO "account" VALUES(4,'linkedin','ana','Ana','','person',0,0,3);
INSERT INTO "account" VALUES(5,'linkedin','ben','Ben Okafor','','person',0,0,5);
INSERT INTO "account" VALUES(6,'email','ben@example.org','','','person',0,0,6);
INSERT INTO "account" VALUES(7,'email','news@example.org','Example News','','list',0,0,7);
INSERT INTO "account" VALUES(8,'email','chidi@example.org','','','person',0,1,8);
INSERT INTO "account" VALUES(9,'email','dara@example.org','','','person',0,0,9);
INSERT INTO "account" VALUES(11,'x','17','','','person',0,0,3);
CREATE TABLE account_tag (
	account_id INTEGER NOT NULL, 
	tag VARCHAR NOT NULL, 
	UNIQUE (account_id, tag), 
	FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "account_tag" VALUES(3,'client');
INSERT INTO "account_tag" VALUES(3,'q1');
CREATE TABLE contact (
	sender_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	kind_id SMALLINT NOT NULL, 
	source_id SMALLINT NOT NULL, 
	audience INTEGER NOT NULL, 
	acts INTEGER NOT NULL, 
	PRIMARY KEY (sender_id, recipient_id, day, kind_id, source_id), 
	FOREIGN KEY(sender_id) REFERENCES account (id), 
	FOREIGN KEY(recipient_id) REFERENCES account (id)
)
 WITHOUT ROWID

;
INSERT INTO "contact" VALUES(1,3,20148,8,3,2,1);
INSERT INTO "contact" VALUES(1,6,20148,8,3,2,1);
INSERT INTO "contact" VALUES(1,9,20150,0,3,1,1);
INSERT INTO "contact" VALUES(1,11,20179,4,4,1,1);
INSERT INTO "contact" VALUES(1,11,20180,0,4,1,1);
INSERT INTO "contact" VALUES(2,3,20090,0,1,1,2);
INSERT INTO "contact" VALUES(2,3,20091,0,1,3,1);
INSERT INTO "contact" VALUES(2,3,20120,8,2,3,1);
INSERT INTO "contact" VALUES(2,6,20091,0,1,3,1);
INSERT INTO "contact" VALUES(2,6,20093,0,1,2,1);
INSERT INTO "contact" VALUES(2,6,20120,8,2,3,1);
INSERT INTO "contact" VALUES(2,8,20091,0,1,3,1);
INSERT INTO "contact" VALUES(2,8,20120,9,2,2,1);
INSERT INTO "contact" VALUES(2,9,-1,0,1,1,1);
INSERT INTO "contact" VALUES(2,9,20120,8,2,3,1);
INSERT INTO "contact" VALUES(3,1,20148,8,3,2,1);
INSERT INTO "contact" VALUES(3,1,20149,12,3,2,1);
INSERT INTO "contact" VALUES(3,2,20091,1,1,1,1);
INSERT INTO "contact" VALUES(3,2,20120,8,2,3,1);
INSERT INTO "contact" VALUES(3,6,20120,8,2,3,1);
INSERT INTO "contact" VALUES(3,6,20148,8,3,2,1);
INSERT INTO "contact" VALUES(3,8,20149,12,3,2,1);
INSERT INTO "contact" VALUES(3,9,20120,8,2,3,1);
INSERT INTO "contact" VALUES(6,1,20148,8,3,2,1);
INSERT INTO "contact" VALUES(6,2,20091,0,1,1,1);
INSERT INTO "contact" VALUES(6,2,20120,8,2,3,1);
INSERT INTO "contact" VALUES(6,3,20120,8,2,3,1);
INSERT INTO "contact" VALUES(6,3,20148,8,3,2,1);
INSERT INTO "contact" VALUES(6,9,20120,8,2,3,1);
INSERT INTO "contact" VALUES(7,2,20092,0,1,5000,1);
INSERT INTO "contact" VALUES(8,2,20120,9,2,2,1);
INSERT INTO "contact" VALUES(9,2,20120,8,2,3,1);
INSERT INTO "contact" VALUES(9,3,20120,8,2,3,1);
INSERT INTO "contact" VALUES(9,6,20120,8,2,3,1);
INSERT INTO "contact" VALUES(11,1,20179,1,4,1,1);
INSERT INTO "contact" VALUES(11,1,20180,0,4,1,1);
CREATE TABLE cursor (
	source VARCHAR NOT NULL, 
	stream VARCHAR NOT NULL, 
	cursor JSON NOT NULL, 
	PRIMARY KEY (source, stream)
);
INSERT INTO "cursor" VALUES('x','mentions','{"since": "100", "first": ["17"]}');
CREATE TABLE declared_tie (
	source_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	account_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	since_day INTEGER, 
	PRIMARY KEY (source_id, kind, account_id, other_id), 
	FOREIGN KEY(source_id) REFERENCES source (id), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(other_id) REFERENCES account (id)
)
 WITHOUT ROWID

;
INSERT INTO "declared_tie" VALUES(4,'follows',11,1,NULL);
INSERT INTO "declared_tie" VALUES(5,'connected',1,5,18383);
CREATE TABLE expense (
	interaction_id INTEGER NOT NULL, 
	amount FLOAT NOT NULL, 
	currency VARCHAR NOT NULL, 
	PRIMARY KEY (interaction_id), 
	FOREIGN KEY(interaction_id) REFERENCES interaction (id)
);
INSERT INTO "expense" VALUES(13,90.5,'EUR');
INSERT INTO "expense" VALUES(16,7.0,'');
CREATE TABLE forgotten (
	hash BLOB NOT NULL, 
	PRIMARY KEY (hash)
)
 WITHOUT ROWID

;
INSERT INTO "forgotten" VALUES(X'A98370178FC84861B6E9DC97993A3293200289159824B81A97D4B9E8654CD1AF');
CREATE TABLE interaction (
	id INTEGER NOT NULL, 
	scope_id INTEGER NOT NULL, 
	"key" BIGINT NOT NULL, 
	kind_id SMALLINT NOT NULL, 
	at BIGINT, 
	precision_id SMALLINT NOT NULL, 
	sender_id INTEGER NOT NULL, 
	audience INTEGER NOT NULL, 
	thread BIGINT, 
	parent BIGINT, 
	PRIMARY KEY (id), 
	UNIQUE (scope_id, "key"), 
	FOREIGN KEY(scope_id) REFERENCES scope (id), 
	FOREIGN KEY(sender_id) REFERENCES account (id)
);
INSERT INTO "interaction" VALUES(1,1,162177018425832772,0,1735810200,0,2,1,-4365913754688516345,NULL);
INSERT INTO "interaction" VALUES(2,1,-6521936900691782509,1,1735896600,0,3,1,-4365913754688516345,162177018425832772);
INSERT INTO "interaction" VALUES(3,1,-4682022932307899679,0,1735896600,0,2,3,NULL,NULL);
INSERT INTO "interaction" VALUES(4,1,3199761628979844901,0,1735903800,0,6,1,NULL,NULL);
INSERT INTO "interaction" VALUES(5,1,-1820313547835763323,0,1735983000,0,7,5000,NULL,NULL);
INSERT INTO "interaction" VALUES(6,1,1247157119868509543,0,-60,0,2,1,NULL,NULL);
INSERT INTO "interaction" VALUES(7,1,1980595808735133365,0,1736069400,0,2,2,NULL,NULL);
INSERT INTO "interaction" VALUES(9,1,-313194262226500208,0,1735839000,0,2,3,NULL,NULL);
INSERT INTO "interaction" VALUES(10,2,-3377847241035172268,8,1738402200,0,9,3,NULL,NULL);
INSERT INTO "interaction" VALUES(11,2,-4466705964782743408,9,1738402200,0,2,2,NULL,NULL);
INSERT INTO "interaction" VALUES(13,3,-8178718704909450582,8,1740787200,2,1,2,NULL,NULL);
INSERT INTO "interaction" VALUES(14,3,-2227422729839093500,12,1740873600,2,3,2,NULL,NULL);
INSERT INTO "interaction" VALUES(15,3,3464294685223951936,14,NULL,4,8,1,NULL,NULL);
INSERT INTO "interaction" VALUES(16,3,-1582008360828255524,0,1740994200,0,1,1,NULL,NULL);
INSERT INTO "interaction" VALUES(17,4,-243818827058921250,1,1743499800,0,11,1,NULL,765686451306091390);
INSERT INTO "interaction" VALUES(18,5,-243818827058921250,4,1743499800,3,1,1,NULL,NULL);
INSERT INTO "interaction" VALUES(19,6,-243818827058921250,0,1743586200,0,11,1,7316135813225837005,NULL);
INSERT INTO "interaction" VALUES(20,6,1470645355478017954,0,1743586200,0,1,1,7316135813225837005,-243818827058921250);
CREATE TABLE interaction_tag (
	interaction_id INTEGER NOT NULL, 
	tag VARCHAR NOT NULL, 
	UNIQUE (interaction_id, tag), 
	FOREIGN KEY(interaction_id) REFERENCES interaction (id)
);
INSERT INTO "interaction_tag" VALUES(13,'café');
INSERT INTO "interaction_tag" VALUES(13,'q1');
INSERT INTO "interaction_tag" VALUES(14,'q1');
CREATE TABLE kind (
	id SMALLINT NOT NULL, 
	word VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (word)
);
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
	basis VARCHAR NOT NULL, 
	withdrawn BOOLEAN NOT NULL, 
	UNIQUE (account_id, other_id, basis), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(other_id) REFERENCES account (id)
);
INSERT INTO "link" VALUES(1,2,'the owner''s own account',0);
INSERT INTO "link" VALUES(3,4,'told by email',0);
INSERT INTO "link" VALUES(5,6,'told by email',1);
INSERT INTO "link" VALUES(3,11,'told by the owner',0);
CREATE TABLE participant (
	interaction_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	role SMALLINT NOT NULL, 
	PRIMARY KEY (interaction_id, account_id), 
	FOREIGN KEY(interaction_id) REFERENCES interaction (id), 
	FOREIGN KEY(account_id) REFERENCES account (id)
)
 WITHOUT ROWID

;
INSERT INTO "participant" VALUES(1,3,1);
INSERT INTO "participant" VALUES(2,2,1);
INSERT INTO "participant" VALUES(3,3,1);
INSERT INTO "participant" VALUES(3,6,1);
INSERT INTO "participant" VALUES(3,8,2);
INSERT INTO "participant" VALUES(4,2,2);
INSERT INTO "participant" VALUES(5,2,1);
INSERT INTO "participant" VALUES(6,9,1);
INSERT INTO "participant" VALUES(7,6,1);
INSERT INTO "participant" VALUES(9,3,1);
INSERT INTO "participant" VALUES(10,2,3);
INSERT INTO "participant" VALUES(10,3,3);
INSERT INTO "participant" VALUES(10,6,3);
INSERT INTO "participant" VALUES(10,9,3);
INSERT INTO "participant" VALUES(11,2,3);
INSERT INTO "participant" VALUES(11,8,3);
INSERT INTO "participant" VALUES(13,1,3);
INSERT INTO "participant" VALUES(13,3,3);
INSERT INTO "participant" VALUES(13,6,3);
INSERT INTO "participant" VALUES(14,1,1);
INSERT INTO "participant" VALUES(14,8,1);
INSERT INTO "participant" VALUES(15,1,1);
INSERT INTO "participant" VALUES(16,9,1);
INSERT INTO "participant" VALUES(17,1,1);
INSERT INTO "participant" VALUES(18,11,1);
INSERT INTO "participant" VALUES(19,1,1);
INSERT INTO "participant" VALUES(20,11,1);
CREATE TABLE precision (
	id SMALLINT NOT NULL, 
	word VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (word)
);
INSERT INTO "precision" VALUES(0,'instant');
INSERT INTO "precision" VALUES(1,'local');
INSERT INTO "precision" VALUES(2,'day');
INSERT INTO "precision" VALUES(3,'proxy');
INSERT INTO "precision" VALUES(4,'unknown');
CREATE TABLE problem (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	export VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source, export, place, code)
);
INSERT INTO "problem" VALUES(1,'email','inbox.mbox','inbox.mbox:90','bad_date','a date that is none');
CREATE TABLE scope (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source_id, name), 
	FOREIGN KEY(source_id) REFERENCES source (id)
);
INSERT INTO "scope" VALUES(1,1,'');
INSERT INTO "scope" VALUES(2,2,'');
INSERT INTO "scope" VALUES(3,3,'');
INSERT INTO "scope" VALUES(4,4,'');
INSERT INTO "scope" VALUES(5,4,'like');
INSERT INTO "scope" VALUES(6,4,'dm');
CREATE TABLE score (
	snapshot_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	value FLOAT NOT NULL, 
	PRIMARY KEY (snapshot_id, account_id, name), 
	FOREIGN KEY(snapshot_id) REFERENCES snapshot (id), 
	FOREIGN KEY(account_id) REFERENCES account (id)
)
 WITHOUT ROWID

;
INSERT INTO "score" VALUES(1,1,'gini',0.3);
INSERT INTO "score" VALUES(1,3,'strength',41.5);
INSERT INTO "score" VALUES(1,3,'trust',0.25);
CREATE TABLE setting (
	name VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('schema_version','1');
INSERT INTO "setting" VALUES('salt','0081721cb4a4fbe702b610eae5eb9b12481d2aa522a5e9b0be060137079916a2');
CREATE TABLE snapshot (
	id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	ego_id INTEGER NOT NULL, 
	version VARCHAR NOT NULL, 
	parameters JSON NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (day, ego_id), 
	FOREIGN KEY(ego_id) REFERENCES account (id)
);
INSERT INTO "snapshot" VALUES(1,20200,1,'0.1','{"half_life": 90}');
CREATE TABLE source (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO "source" VALUES(1,'email');
INSERT INTO "source" VALUES(2,'calendar');
INSERT INTO "source" VALUES(3,'journal');
INSERT INTO "source" VALUES(4,'x');
INSERT INTO "source" VALUES(5,'linkedin');
CREATE INDEX account_by_person ON account (person_id);
COMMIT;
