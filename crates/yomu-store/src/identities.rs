//! Who a person is to an identity provider, and who may have an account.
//!
//! An account is found by issuer and subject and by nothing else: e-mail addresses change hands. The address decides only
//! whether a stranger may come in.

use jiff::Timestamp;
use yomu_model::ids::UserId;

use crate::db::Tx;
use crate::users::{self, User, create_account};
use crate::value::params;
use crate::{Store, StoreError};

/// A person, as an identity provider vouches for them.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// The person's name there, which never changes hands.
    pub subject: &'a str,
    /// The person's verified address, for people to read.
    pub email: &'a str,
}

/// Why a stranger may come in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Admission {
    /// The address or its domain is on the list.
    pub is_allowed: bool,
    /// As the first of all, the person may become the admin.
    pub may_be_first: bool,
    /// The hash of an invitation's token.
    pub invitation: Option<[u8; 32]>,
}

impl Store {
    /// The account of a person, made if they may have one; none if they may not.
    ///
    /// The first of all takes over the account that the program made for its local user, with everything in it, and is
    /// the admin. An invitation that lets somebody in is used up in the same transaction.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn sign_in(
        &self,
        identity: Identity<'_>,
        admission: Admission,
        now: Timestamp,
    ) -> Result<Option<User>, StoreError> {
        let mut tx = self.db.begin().await?;
        if let Some(user) = known(&mut tx, identity).await? {
            tx.commit().await?;
            return Ok(Some(user));
        }
        // Newcomers come in one after the other, each seeing who came before.
        let first = tx.value("SELECT id FROM user_account ORDER BY id LIMIT 1 {lock}", params![]).await?;
        let user = match known(&mut tx, identity).await? {
            Some(user) => Some(user),
            None => admit(&mut tx, first, identity, admission, now).await?,
        };
        tx.commit().await?;
        Ok(user)
    }

    /// The user's address at the identity provider; none for a local user.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn email(&self, user: UserId) -> Result<Option<String>, StoreError> {
        self.db.value("SELECT email FROM user_identity WHERE user_id = ?1 ORDER BY email LIMIT 1", params![user]).await
    }

    /// Whether anybody has signed in yet.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn has_identities(&self) -> Result<bool, StoreError> {
        Ok(self.db.row("SELECT user_id FROM user_identity LIMIT 1", params![]).await?.is_some())
    }
}

/// The account of an identity, whose address is noted when it has changed.
async fn known(tx: &mut Tx, identity: Identity<'_>) -> Result<Option<User>, StoreError> {
    let columns = users::COLUMNS;
    let sql = format!(
        "SELECT i.email, {columns} FROM user_identity i JOIN user_account u ON u.id = i.user_id
         WHERE i.issuer = ?1 AND i.subject = ?2"
    );
    let Some(mut row) = tx.row(&sql, params![identity.issuer, identity.subject]).await? else { return Ok(None) };
    let email: String = row.take()?;
    let user = users::read(&mut row)?;
    if email != identity.email {
        let sql = "UPDATE user_identity SET email = ?3 WHERE issuer = ?1 AND subject = ?2";
        tx.execute(sql, params![identity.issuer, identity.subject, identity.email]).await?;
    }
    Ok(Some(user))
}

async fn admit(
    tx: &mut Tx,
    first: Option<UserId>,
    identity: Identity<'_>,
    admission: Admission,
    now: Timestamp,
) -> Result<Option<User>, StoreError> {
    let is_first = tx.row("SELECT user_id FROM user_identity LIMIT 1", params![]).await?.is_none();
    let user = match first {
        Some(local) if is_first && admission.may_be_first => take_over(tx, local, identity.email).await?,
        None if admission.may_be_first => create_account(tx, identity.email, true, now).await?,
        _ if admission.is_allowed || use_invitation(tx, admission.invitation, now).await? => {
            let name = free_name(tx, identity.email).await?;
            create_account(tx, &name, false, now).await?
        }
        _ => return Ok(None),
    };
    tx.execute(
        "INSERT INTO user_identity (issuer, subject, user_id, email) VALUES (?1, ?2, ?3, ?4)",
        params![identity.issuer, identity.subject, user, identity.email],
    )
    .await?;
    known(tx, identity).await
}

/// The account of the local user becomes that of the first admin.
async fn take_over(tx: &mut Tx, local: UserId, email: &str) -> Result<UserId, StoreError> {
    let name = free_name(tx, email).await?;
    tx.execute("UPDATE user_account SET name = ?2, is_admin = TRUE WHERE id = ?1", params![local, name]).await?;
    Ok(local)
}

async fn use_invitation(tx: &mut Tx, hash: Option<[u8; 32]>, now: Timestamp) -> Result<bool, StoreError> {
    let Some(hash) = hash else { return Ok(false) };
    let sql = "DELETE FROM invitation WHERE hash = ?1 AND expires_at > ?2";
    Ok(tx.execute(sql, params![hash, now]).await? > 0)
}

/// The address, or the address with a number where somebody had it before.
async fn free_name(tx: &mut Tx, email: &str) -> Result<String, StoreError> {
    let mut name = email.to_owned();
    let mut number = 1;
    while tx.row("SELECT id FROM user_account WHERE name = ?1", params![name.as_str()]).await?.is_some() {
        number += 1;
        name = format!("{email}-{number}");
    }
    Ok(name)
}
