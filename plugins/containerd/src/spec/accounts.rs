//! Users and groups of an image, by its own files. runc takes numbers only and
//! ignores names.

/// Who a module's first process is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) additional_gids: Vec<u32>,
    pub(crate) home: String,
}

/// A line of `/etc/passwd`.
struct User<'a> {
    name: &'a str,
    uid: u32,
    gid: u32,
    home: &'a str,
}

/// A line of `/etc/group`.
struct Group<'a> {
    name: &'a str,
    gid: u32,
    members: &'a str,
}

/// Reads `user`, which is `user[:group]` by name or number; empty is root. A
/// number need not be in the files, a name must.
///
/// # Errors
/// Names what is not in the image.
pub(crate) fn resolve(user: &str, passwd: &[u8], group: &[u8]) -> Result<Identity, String> {
    let (passwd, group) = (
        String::from_utf8_lossy(passwd),
        String::from_utf8_lossy(group),
    );
    let (user, chosen_group) = match user.split_once(':') {
        Some((user, group)) => (user, Some(group).filter(|group| !group.is_empty())),
        None => (user, None),
    };
    let user = if user.is_empty() { "0" } else { user };
    let number = number(user);
    let known = users(&passwd).find(|line| line.name == user || Some(line.uid) == number);
    let uid = known.as_ref().map(|line| line.uid).or(number);
    let uid = uid.ok_or_else(|| format!("the image has no user `{user}` in its /etc/passwd"))?;
    let home = known.as_ref().map_or("/", |line| line.home);
    let mut identity = Identity {
        uid,
        gid: known.as_ref().map_or(0, |line| line.gid),
        additional_gids: Vec::new(),
        home: if home.is_empty() { "/" } else { home }.to_owned(),
    };
    match (chosen_group, known) {
        // Who names a group wants that one, and none of the others.
        (Some(wanted), _) => identity.gid = group_id(wanted, &group)?,
        (None, Some(known)) => {
            let belongs = |line: &Group<'_>| line.members.split(',').any(|name| name == known.name);
            identity.additional_gids = groups(&group)
                .filter(belongs)
                .map(|line| line.gid)
                .collect();
            identity.additional_gids.sort_unstable();
            identity.additional_gids.dedup();
        }
        (None, None) => {}
    }
    Ok(identity)
}

fn group_id(wanted: &str, group: &str) -> Result<u32, String> {
    let named = groups(group).find(|line| line.name == wanted);
    let gid = named.map(|line| line.gid).or(number(wanted));
    gid.ok_or_else(|| format!("the image has no group `{wanted}` in its /etc/group"))
}

/// An id; the largest number stands for none.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten();
    number.filter(|&number| number != u32::MAX)
}

/// Lines that are none are skipped, as the C library does.
fn users(passwd: &str) -> impl Iterator<Item = User<'_>> {
    passwd.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let uid = number(fields.nth(1)?)?;
        let gid = number(fields.next()?)?;
        let home = fields.nth(1).unwrap_or_default();
        Some(User {
            name,
            uid,
            gid,
            home,
        })
    })
}

fn groups(group: &str) -> impl Iterator<Item = Group<'_>> {
    group.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let gid = number(fields.nth(1)?)?;
        let members = fields.next().unwrap_or_default();
        Some(Group { name, gid, members })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &[u8] =
        b"root:x:0:0:root:/root:/bin/sh\n# comment\nbroken\napp:x:1234:2345::/home/app:/bin/sh\n";
    const GROUP: &[u8] = b"root:x:0:\nextra:x:3456:other,app\nlast:x:77:app\nbad:x:many:app\n";

    fn found(user: &str) -> (u32, u32, Vec<u32>, String) {
        let identity = resolve(user, PASSWD, GROUP).expect("it can be resolved");
        (
            identity.uid,
            identity.gid,
            identity.additional_gids,
            identity.home,
        )
    }

    #[test]
    fn names_and_numbers_are_looked_up_in_the_images_files() {
        let app = (1234, 2345, vec![77, 3456], "/home/app".to_owned());
        assert_eq!(found("app"), app);
        assert_eq!(found("1234"), app);
        assert_eq!(found(""), (0, 0, vec![], "/root".to_owned()));
        assert_eq!(
            found("app:extra"),
            (1234, 3456, vec![], "/home/app".to_owned())
        );
        assert_eq!(found("999"), (999, 0, vec![], "/".to_owned()));
        assert_eq!(found("999:42"), (999, 42, vec![], "/".to_owned()));
    }

    #[test]
    fn what_is_not_there_is_named() {
        for (user, name) in [
            ("ghost", "ghost"),
            ("app:ghosts", "ghosts"),
            ("-1", "-1"),
            ("4294967295", "4294967295"),
        ] {
            let error = resolve(user, PASSWD, GROUP).expect_err("it is not there");
            assert!(error.contains(&format!("`{name}`")), "{error}");
        }
    }
}
