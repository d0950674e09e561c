// Generated from openapi.json by `npm run generate:files`.

export interface paths {
  '/api/v1/audit-events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List audit events
     * @description Returns security events with actor, subject, IP address and request.
     *
     *     Requires the permission `audit:read`.
     */
    get: operations['get_audit_events'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read your account
     * @description Accepts API keys.
     */
    get: operations['get_users_me'];
    put?: never;
    post?: never;
    /** Erase your account and all personal data */
    delete: operations['delete_users_me'];
    options?: never;
    head?: never;
    /** Change your account */
    patch: operations['patch_users_me'];
    trace?: never;
  };
  '/api/v1/users/me/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Export all data held about you */
    get: operations['get_users_me_export'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List users
     * @description Requires the permission `users:manage`.
     */
    get: operations['get_users'];
    put?: never;
    /**
     * Create a user
     * @description Roles other than `user` require a sign-in within the last ten minutes.
     *
     *     Requires the permission `users:manage`.
     */
    post: operations['post_users'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a user
     * @description Requires the permission `users:manage`.
     */
    get: operations['get_users_id'];
    put?: never;
    post?: never;
    /**
     * Erase a user and all personal data
     * @description Requires the permission `users:manage`.
     */
    delete: operations['delete_users_id'];
    options?: never;
    head?: never;
    /**
     * Change a user
     * @description A change of roles or status immediately revokes the access tokens of the user. Adding a role or enabling the account requires a sign-in within the last ten minutes.
     *
     *     Requires the permission `users:manage`.
     */
    patch: operations['patch_users_id'];
    trace?: never;
  };
  '/api/v1/auth/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Create an account and sign in */
    post: operations['post_auth_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in
     * @description Every failure returns the same error. The refresh token is set as an HttpOnly cookie. If the account has a second factor, the response contains an `mfaToken` instead of a session.
     */
    post: operations['post_auth_login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Exchange the refresh cookie for a new access token
     * @description Replaces the refresh token each time. A replaced token returns the same successor for a few seconds. After that, using it ends the session.
     */
    post: operations['post_auth_refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign out: end the session of the cookie and of the access token */
    post: operations['post_auth_logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/logout-all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End all your sessions and revoke all access tokens */
    post: operations['post_auth_logout_all'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List your sessions */
    get: operations['get_auth_sessions'];
    put?: never;
    post?: never;
    /** End all your other sessions */
    delete: operations['delete_auth_sessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of your sessions */
    delete: operations['delete_auth_sessions_id'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/password/forgot': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Request a password reset link by e-mail
     * @description Returns the same response, after the same time, whether or not the account exists.
     */
    post: operations['post_auth_password_forgot'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/password/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reset the password with the token from the e-mail
     * @description The token can be used once. Ends all sessions.
     */
    post: operations['post_auth_password_reset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/password/change': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change your password
     * @description Ends all other sessions, revokes all access tokens, and returns a new session.
     */
    post: operations['post_auth_password_change'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/email/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verify an e-mail address with the token from the e-mail */
    post: operations['post_auth_email_verify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/email/verify/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Resend the e-mail that verifies your address */
    post: operations['post_auth_email_verify_resend'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/email/change': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Request a change of your e-mail address
     * @description Sends a link to the new address and a notice to the old one. The address changes when the link is confirmed.
     */
    post: operations['post_auth_email_change'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/email/change/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Confirm the new e-mail address with the token from the e-mail
     * @description Revokes all access tokens; sessions stay active.
     */
    post: operations['post_auth_email_change_confirm'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/mfa': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the state of your second factor */
    get: operations['get_auth_mfa'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/mfa/totp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create a secret for an authenticator app
     * @description The second factor is off until you confirm a code of the app. Replaces a secret that was never confirmed.
     */
    post: operations['post_auth_mfa_totp'];
    /**
     * Turn off the second factor
     * @description Accepts a code of the app or a recovery code. Revokes all access tokens; sessions stay active.
     */
    delete: operations['delete_auth_mfa_totp'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/mfa/totp/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Turn on the second factor with a code of the app
     * @description The recovery codes are returned only once. Revokes all access tokens. After a refresh, this session counts as signed in with both factors; other sessions do not.
     */
    post: operations['post_auth_mfa_totp_confirm'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/mfa/recovery-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace the recovery codes */
    post: operations['post_auth_mfa_recovery_codes'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/mfa/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Complete a sign-in with the second factor
     * @description Accepts a code of the app or a recovery code; each can be used once. Every failure returns the same error, also while the account is locked after five wrong codes.
     */
    post: operations['post_auth_mfa_verify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}/mfa': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Remove the second factor of a user
     * @description Use it for a user who has lost the second factor. Also deletes the recovery codes, revokes all access tokens of the user and notifies the user by e-mail. To remove your own second factor, use `DELETE /auth/mfa/totp`.
     *
     *     Requires the permission `users:manage`.
     */
    delete: operations['delete_users_id_mfa'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/oidc': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the sign-in providers */
    get: operations['get_auth_oidc'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/oidc/links': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the providers linked to your account */
    get: operations['get_auth_oidc_links'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/oidc/{provider}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Start a sign-in with a provider
     * @description Navigate the browser to this route. It sets a cookie and redirects to the provider. The provider sends the browser back to the callback, which requires this cookie and must be called within ten minutes.
     */
    get: operations['get_auth_oidc_provider'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/oidc/{provider}/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Complete a sign-in with a provider
     * @description Signs in a known identity. An unknown identity with a verified e-mail address gets a new account, unless an account with that address exists: such an account is never linked automatically. After `POST /auth/oidc/:provider/link`, links the identity instead. With OIDC_RETURN_URL, every response is a redirect to that page, with `error`, `mfaToken` or `linked` in the fragment; get the access token from `POST /auth/refresh`.
     */
    get: operations['get_auth_oidc_provider_callback'];
    put?: never;
    /**
     * Complete a sign-in with a provider that posts a form
     * @description Like `GET`, for a provider with the response mode `form_post`, such as Apple. The form fields equal the query parameters; `user` may contain the name of a new user.
     */
    post: operations['post_auth_oidc_provider_callback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/oidc/{provider}/link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Link your account to a provider
     * @description Navigate the browser to the returned `url`. The callback returns the result.
     */
    post: operations['post_auth_oidc_provider_link'];
    /** Unlink your account from a provider */
    delete: operations['delete_auth_oidc_provider_link'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the sessions of a user
     * @description Requires the permission `users:manage`.
     */
    get: operations['get_users_id_sessions'];
    put?: never;
    post?: never;
    /**
     * End all sessions of a user
     * @description Requires the permission `users:manage`.
     */
    delete: operations['delete_users_id_sessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}/unlock': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Unlock a user
     * @description Requires the permission `users:manage`.
     */
    post: operations['post_users_id_unlock'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/admin/events/dead': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List dead events
     * @description A dead event is one whose delivery failed too often. Later events of the same aggregate wait until it is delivered or skipped.
     *
     *     Requires the permission `operations:manage`.
     */
    get: operations['get_admin_events_dead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/admin/events/{id}/redrive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Deliver a dead event again
     * @description Requires the permission `operations:manage`.
     */
    post: operations['post_admin_events_id_redrive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/admin/events/{id}/skip': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Skip a dead event and resume delivery
     * @description Requires the permission `operations:manage`.
     */
    post: operations['post_admin_events_id_skip'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/admin/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List jobs
     * @description Requires the permission `operations:manage`.
     */
    get: operations['get_admin_jobs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/admin/jobs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a job
     * @description Requires the permission `operations:manage`.
     */
    get: operations['get_admin_jobs_id'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/admin/jobs/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retry a dead job
     * @description Requires the permission `operations:manage`.
     */
    post: operations['post_admin_jobs_id_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your API keys
     * @description Lists the keys that you created for yourself, newest first. Expired keys are included, revoked keys are not.
     */
    get: operations['get_api_keys'];
    put?: never;
    /**
     * Create an API key
     * @description Returns the key, `strata_<prefix>_<secret>`, only once. Send it as a bearer token. It acts for you, with those of its scopes that your roles include at the time of the request. A key created in a session without a second factor can do no more than such a session.
     *
     *     A request from an address that is not allowed fails with 403 `API_KEYS_ADDRESS_REFUSED`, and a request beyond a quota with 429 `RATE_LIMITED`. `RateLimit` headers contain the remaining quota.
     */
    post: operations['post_api_keys'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read an API key */
    get: operations['get_api_keys_id'];
    put?: never;
    post?: never;
    /**
     * Revoke an API key
     * @description Takes effect immediately and cannot be undone.
     */
    delete: operations['delete_api_keys_id'];
    options?: never;
    head?: never;
    /**
     * Change an API key
     * @description Takes effect with the next request. Larger quotas and more addresses require a sign-in within the last ten minutes. Scopes cannot be changed: create another key instead.
     */
    patch: operations['patch_api_keys_id'];
    trace?: never;
  };
  '/api/v1/api-keys/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate the secret of an API key
     * @description Returns the new key only once. The replaced secret stays valid until the overlap ends. A secret that an earlier rotation left valid is revoked immediately.
     */
    post: operations['post_api_keys_id_rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your organizations
     * @description With an API key of an organization, returns only that organization.
     *
     *     Accepts API keys.
     */
    get: operations['get_organizations'];
    put?: never;
    /**
     * Create an organization
     * @description You become its owner. You can own up to 20 organizations.
     */
    post: operations['post_organizations'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an organization
     * @description Accepts API keys.
     */
    get: operations['get_organizations_id'];
    put?: never;
    post?: never;
    /**
     * Delete an organization
     * @description For owners of the organization. Also deletes its memberships and invitations and revokes its keys.
     */
    delete: operations['delete_organizations_id'];
    options?: never;
    head?: never;
    /**
     * Rename an organization
     * @description For admins and owners of the organization.
     */
    patch: operations['patch_organizations_id'];
    trace?: never;
  };
  '/api/v1/organizations/{id}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the members of an organization
     * @description Accepts API keys.
     */
    get: operations['get_organizations_id_members'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/{id}/members/{userId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Remove a member, or leave an organization
     * @description Owners can remove anyone, admins can remove members, and all can remove themselves. Revokes the keys of the organization that act for the member, and deletes open invitations that the member sent.
     */
    delete: operations['delete_organizations_id_members_user_id'];
    options?: never;
    head?: never;
    /**
     * Change the role of a member
     * @description For owners of the organization. Deletes open invitations of the member that the new role does not allow. A higher role requires a sign-in within the last ten minutes.
     */
    patch: operations['patch_organizations_id_members_user_id'];
    trace?: never;
  };
  '/api/v1/organizations/invitations/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accept an invitation
     * @description Requires that the invited address is the verified address of your account. A token can be used once.
     */
    post: operations['post_organizations_invitations_accept'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/{id}/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the open invitations of an organization
     * @description For admins and owners of the organization.
     */
    get: operations['get_organizations_id_invitations'];
    put?: never;
    /**
     * Invite a user to an organization
     * @description For admins and owners of the organization. Only owners can invite owners. Sends an e-mail with a link that is valid for seven days, and replaces an earlier invitation to the address.
     */
    post: operations['post_organizations_id_invitations'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/{id}/invitations/{invitationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Withdraw an invitation
     * @description For admins and owners of the organization.
     */
    delete: operations['delete_organizations_id_invitations_invitation_id'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/{id}/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the API keys of an organization
     * @description For admins and owners of the organization. Newest first. Expired keys are included, revoked keys are not.
     */
    get: operations['get_organizations_id_api_keys'];
    put?: never;
    /**
     * Create an API key of an organization
     * @description For admins and owners of the organization. The key acts for the caller, has access to no other organization, and is revoked when the caller leaves. Returns the key only once.
     */
    post: operations['post_organizations_id_api_keys'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/{id}/api-keys/{keyId}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate the secret of an API key of an organization
     * @description For the admin or owner that the key acts for. The replaced secret stays valid until the overlap ends.
     */
    post: operations['post_organizations_id_api_keys_key_id_rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/{id}/api-keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Revoke an API key of an organization
     * @description For admins and owners of the organization. Takes effect immediately and cannot be undone.
     */
    delete: operations['delete_organizations_id_api_keys_key_id'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your webhook endpoints
     * @description Newest first.
     *
     *     Requires the permission `webhooks:manage`.
     */
    get: operations['get_webhook_endpoints'];
    put?: never;
    /**
     * Create a webhook endpoint
     * @description Future events are sent to the URL as JSON, signed with Standard Webhooks. The response contains the secret, which is shown only once.
     *
     *     Requires the permission `webhooks:manage`.
     */
    post: operations['post_webhook_endpoints'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a webhook endpoint
     * @description Requires the permission `webhooks:manage`.
     */
    get: operations['get_webhook_endpoints_id'];
    put?: never;
    post?: never;
    /**
     * Delete a webhook endpoint
     * @description Also deletes the deliveries to the endpoint. Pending deliveries are not sent.
     *
     *     Requires the permission `webhooks:manage`.
     */
    delete: operations['delete_webhook_endpoints_id'];
    options?: never;
    head?: never;
    /**
     * Change a webhook endpoint
     * @description Pending deliveries are sent to the new URL. If the endpoint is disabled, they end without being sent. A new URL, additional events and enabling require a sign-in within the last ten minutes.
     *
     *     Requires the permission `webhooks:manage`.
     */
    patch: operations['patch_webhook_endpoints_id'];
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate the secret of a webhook endpoint
     * @description The response contains the new secret, which is shown only once. For 24 hours, messages are signed with both the new and the previous secret.
     *
     *     Requires the permission `webhooks:manage`.
     */
    post: operations['post_webhook_endpoints_id_rotate_secret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test event to a webhook endpoint
     * @description Sends an event of the type `webhooks.test`, even if the endpoint does not subscribe to it.
     *
     *     Requires the permission `webhooks:manage`.
     */
    post: operations['post_webhook_endpoints_id_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the deliveries to a webhook endpoint
     * @description Deliveries are kept for 30 days.
     *
     *     Requires the permission `webhooks:manage`.
     */
    get: operations['get_webhook_endpoints_id_deliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{id}/deliveries/{deliveryId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retry a delivery
     * @description Sends it immediately, also if it is dead or delivered. The `webhook-id` stays the same.
     *
     *     Requires the permission `webhooks:manage`.
     */
    post: operations['post_webhook_endpoints_id_deliveries_delivery_id_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/payments/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Receive a notification from the payment provider
     * @description Signed with [Standard Webhooks](https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp` (at most five minutes old) and `webhook-signature`, which is `v1,` followed by the base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`. A notification only triggers a read of the payment at the provider; its content is not trusted. A repeated notification has no effect.
     */
    post: operations['post_payments_webhooks'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/payments/{reference}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a payment
     * @description The reference of a payment is the id of its order.
     *
     *     Requires the permission `payments:read`.
     */
    get: operations['get_payments_reference'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List and search products */
    get: operations['get_products'];
    put?: never;
    /**
     * Create a product
     * @description Requires the permission `products:write`.
     */
    post: operations['post_products'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a product */
    get: operations['get_products_id'];
    put?: never;
    post?: never;
    /**
     * Delete a product
     * @description Requires the permission `products:write`.
     */
    delete: operations['delete_products_id'];
    options?: never;
    head?: never;
    /**
     * Change a product
     * @description Requires the permission `products:write`.
     */
    patch: operations['patch_products_id'];
    trace?: never;
  };
  '/api/v1/product-imports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Import products from a CSV file
     * @description The header is `sku,name,description,priceMinor,currency,stock`; each line is validated against the schema of `POST /products`. An empty value counts as omitted.
     *
     *     A line with the sku of an existing product changes that product; an empty value then keeps the current value. If two lines have the same sku, the later one wins. A line with the sku of a deleted product creates a new product.
     *
     *     Invalid lines do not stop the others from being imported. A malformed file is rejected as a whole: the header must match exactly, the text must be UTF-8, and a line may have at most 65,536 characters. Any mix of line ends is accepted.
     *
     *     The limit is 20 MB and 100,000 lines. Poll the URL in `Location` for progress.
     *
     *     Requires the permission `products:write`.
     */
    post: operations['post_product_imports'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/product-imports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the progress of an import
     * @description Returns imports of any user. Imports are kept for 30 days.
     *
     *     Requires the permission `products:write`.
     */
    get: operations['get_product_imports_id'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/product-imports/{id}/errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the errors of an import
     * @description Requires the permission `products:write`.
     */
    get: operations['get_product_imports_id_errors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products/reports/prices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create a price report
     * @description The report is computed in the background. Poll the URL in `Location`.
     *
     *     Requires the permission `products:write`.
     */
    post: operations['post_products_reports_prices'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products/reports/prices/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a price report
     * @description Returns the price distribution in each currency. Reports are kept for 30 days.
     *
     *     Requires the permission `products:write`.
     */
    get: operations['get_products_reports_prices_id'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your orders
     * @description With the permission `orders:read-any`, lists the orders of every customer.
     *
     *     Accepts API keys.
     */
    get: operations['get_orders'];
    put?: never;
    /**
     * Place an order
     * @description Uses the current catalogue prices. Reserves stock for every line, or rejects the whole order.
     *
     *     Requires the permission `orders:place`.
     */
    post: operations['post_orders'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/summaries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your order summaries with payment status
     * @description With the permission `orders:read-any`, lists the orders of every customer. Served from a read model that usually lags by less than a second.
     *
     *     Accepts API keys.
     */
    get: operations['get_orders_summaries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an order
     * @description Accepts API keys.
     */
    get: operations['get_orders_id'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel an order and return its stock
     * @description Accepts API keys.
     */
    post: operations['post_orders_id_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/{id}/ship': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark a paid order as shipped
     * @description Requires the permission `orders:manage`.
     */
    post: operations['post_orders_id_ship'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/{id}/deliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark a shipped order as delivered
     * @description Requires the permission `orders:manage`.
     */
    post: operations['post_orders_id_deliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Error: {
      /** @constant */
      status: 'error';
      /** @description Identifies the error for programs. Codes are stable. */
      code: string;
      /** @description Explains the error to people. */
      message: string;
      details?: {
        [key: string]: unknown;
      }[];
      requestId: string;
    };
    /** @description The error format of RFC 9457. Clients get it if their Accept header prefers application/problem+json. */
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      code: string;
      details?: {
        [key: string]: unknown;
      }[];
      requestId: string;
    };
    PageNumbers: {
      page: number;
      limit: number;
      /** @description The number of items in the whole list. It is exact, unless `isTotalEstimated` is true. */
      total: number;
      /** @description The number of pages. It is derived from the total, so it is estimated if the total is. */
      totalPages: number;
      /**
       * @description Present only if the total is estimated.
       * @constant
       */
      isTotalEstimated?: true;
    };
    CursorPosition: {
      limit: number;
      nextCursor: string | null;
      hasMore: boolean;
    };
    AuditEvent: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      occurredAt: string;
      type: string;
      /** Format: uuid */
      actorId: string | null;
      /** Format: uuid */
      subjectId: string | null;
      ip: string | null;
      userAgent: string | null;
      requestId: string | null;
      details: {
        [key: string]: null | string | number | boolean | string[];
      };
    };
    User: {
      /** Format: uuid */
      id: string;
      email: string;
      name: string;
      roles: ('user' | 'manager' | 'admin')[];
      emailVerified: boolean;
      /** @enum {string} */
      status: 'active' | 'disabled';
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      version: number;
    };
    NewUser: {
      /** Format: email */
      email: string;
      password: string;
      name: string;
      /**
       * @default [
       *       "user"
       *     ]
       */
      roles?: ('user' | 'manager' | 'admin')[];
    };
    UserChange: {
      name?: string;
      roles?: ('user' | 'manager' | 'admin')[];
      /** @enum {string} */
      status?: 'active' | 'disabled';
    };
    Registration: {
      /** Format: email */
      email: string;
      password: string;
      name: string;
    };
    SignedIn: {
      user: {
        /** Format: uuid */
        id: string;
        email: string;
        name: string;
        roles: ('user' | 'manager' | 'admin')[];
        emailVerified: boolean;
        /** @enum {string} */
        status: 'active' | 'disabled';
        /** Format: date-time */
        createdAt: string;
        /** Format: date-time */
        updatedAt: string;
        version: number;
      };
      accessToken: string;
      /** @enum {string} */
      tokenType: 'Bearer';
      expiresIn: number;
    };
    Credentials: {
      /** Format: email */
      email: string;
      password: string;
    };
    Refreshed: {
      accessToken: string;
      /** @enum {string} */
      tokenType: 'Bearer';
      expiresIn: number;
    };
    Mfa: {
      totp: boolean;
      recoveryCodesLeft: number;
    };
    NewTotp: {
      secret: string;
      otpauthUrl: string;
    };
    RecoveryCodes: {
      recoveryCodes: string[];
    };
    DeadEvent: {
      /** Format: uuid */
      id: string;
      type: string;
      aggregateType: string;
      aggregateId: string;
      sequence: number;
      attempts: number;
      lastError: string | null;
      /** Format: date-time */
      createdAt: string;
    };
    Job: {
      /** Format: uuid */
      id: string;
      name: string;
      /** @enum {string} */
      status: 'waiting' | 'running' | 'done' | 'dead';
      /** @description Progress in percent. */
      progress: number;
      attempts: number;
      lastError: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      finishedAt: string | null;
    };
    NewApiKey: {
      name: string;
      /** @description The permissions of the key. You must have each of them. A request with the key never has a permission that you have lost since. */
      scopes: string[];
      /**
       * @description Addresses and networks (CIDR, IPv4 and IPv6) from which the key can be used. Ports, brackets and zones of single addresses are removed. An empty list allows any address.
       * @default []
       */
      allowedAddresses?: string[];
      /** @default 60 */
      quotaPerMinute?: number;
      /** @default 10000 */
      quotaPerDay?: number;
      /** @description A time in the future, at most a year ahead. Defaults to 90 days from now. */
      expiresAt?: string;
    };
    ApiKeyWithSecret: {
      /** Format: uuid */
      id: string;
      /** @description The public part of the key, which identifies it. */
      prefix: string;
      name: string;
      scopes: string[];
      allowedAddresses: string[];
      quotaPerMinute: number;
      quotaPerDay: number;
      /** Format: date-time */
      expiresAt: string;
      /**
       * Format: date-time
       * @description Accurate to the minute.
       */
      lastUsedAt: string | null;
      lastUsedIp: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the secret before the last rotation expires or expired.
       */
      rotatedUntil: string | null;
      /** @description Incremented by each change of the key, but not by its use. */
      version: number;
      /** @description The full key. It is returned only once and not stored. */
      key: string;
    };
    ApiKey: {
      /** Format: uuid */
      id: string;
      /** @description The public part of the key, which identifies it. */
      prefix: string;
      name: string;
      scopes: string[];
      allowedAddresses: string[];
      quotaPerMinute: number;
      quotaPerDay: number;
      /** Format: date-time */
      expiresAt: string;
      /**
       * Format: date-time
       * @description Accurate to the minute.
       */
      lastUsedAt: string | null;
      lastUsedIp: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the secret before the last rotation expires or expired.
       */
      rotatedUntil: string | null;
      /** @description Incremented by each change of the key, but not by its use. */
      version: number;
    };
    ApiKeyChange: {
      name?: string;
      /** @description Addresses and networks (CIDR, IPv4 and IPv6) from which the key can be used. Ports, brackets and zones of single addresses are removed. An empty list allows any address. */
      allowedAddresses?: string[];
      quotaPerMinute?: number;
      quotaPerDay?: number;
    };
    ApiKeyRotation: {
      /**
       * @description How long the replaced secret stays valid; 0 revokes it immediately.
       * @default 86400
       */
      overlapSeconds?: number;
    };
    Organization: {
      /** Format: uuid */
      id: string;
      name: string;
      /**
       * @description The caller's role in the organization.
       * @enum {string}
       */
      role: 'owner' | 'admin' | 'member';
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      version: number;
    };
    NewOrganization: {
      name: string;
    };
    OrganizationChange: {
      name?: string;
    };
    Member: {
      /** Format: uuid */
      userId: string;
      name: string;
      email: string;
      /** @enum {string} */
      role: 'owner' | 'admin' | 'member';
      /** Format: date-time */
      joinedAt: string;
    };
    MemberChange: {
      /** @enum {string} */
      role: 'owner' | 'admin' | 'member';
    };
    Invitation: {
      /** Format: uuid */
      id: string;
      email: string;
      /** @enum {string} */
      role: 'owner' | 'admin' | 'member';
      /**
       * Format: uuid
       * @description The id of the user who sent the invitation.
       */
      invitedBy: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: date-time */
      createdAt: string;
    };
    NewInvitation: {
      /** Format: email */
      email: string;
      /** @enum {string} */
      role: 'owner' | 'admin' | 'member';
    };
    NewOrganizationApiKey: {
      /** Format: uuid */
      id: string;
      /** @description The public part of the key, which identifies it. */
      prefix: string;
      name: string;
      scopes: string[];
      allowedAddresses: string[];
      quotaPerMinute: number;
      quotaPerDay: number;
      /** Format: date-time */
      expiresAt: string;
      /**
       * Format: date-time
       * @description Accurate to the minute.
       */
      lastUsedAt: string | null;
      lastUsedIp: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the secret before the last rotation expires or expired.
       */
      rotatedUntil: string | null;
      /** @description Incremented by each change of the key, but not by its use. */
      version: number;
      /** @description The full key. It is returned only once and not stored. */
      key: string;
      /**
       * Format: uuid
       * @description The id of the user that the key acts for.
       */
      userId: string;
    };
    NewWebhookEndpoint: {
      /** @description An https URL without user name, password or fragment, with port 443, port 80, or a port from 1024. Its host must resolve to public addresses. */
      url: string;
      /** @description The event types to subscribe to, such as order.paid. The error for an unknown type lists the available ones. */
      events: string[];
      /** @default  */
      description?: string;
    };
    WebhookEndpointWithSecret: {
      /** Format: uuid */
      id: string;
      url: string;
      description: string;
      events: string[];
      isEnabled: boolean;
      /** @description The reason if the service disabled the endpoint: `gone` after a 410 response, `failing` if no attempt has succeeded for five days. */
      disabledReason: string | null;
      /**
       * Format: date-time
       * @description The first failed attempt since the last success.
       */
      failingSince: string | null;
      /**
       * Format: date-time
       * @description The time at which the previous secret stops signing, or stopped.
       */
      rotatedUntil: string | null;
      /** Format: date-time */
      createdAt: string;
      version: number;
      /** @description The signing secret, `whsec_…`. Shown only once. */
      secret: string;
    };
    WebhookEndpoint: {
      /** Format: uuid */
      id: string;
      url: string;
      description: string;
      events: string[];
      isEnabled: boolean;
      /** @description The reason if the service disabled the endpoint: `gone` after a 410 response, `failing` if no attempt has succeeded for five days. */
      disabledReason: string | null;
      /**
       * Format: date-time
       * @description The first failed attempt since the last success.
       */
      failingSince: string | null;
      /**
       * Format: date-time
       * @description The time at which the previous secret stops signing, or stopped.
       */
      rotatedUntil: string | null;
      /** Format: date-time */
      createdAt: string;
      version: number;
    };
    WebhookEndpointChange: {
      /** @description An https URL without user name, password or fragment, with port 443, port 80, or a port from 1024. Its host must resolve to public addresses. */
      url?: string;
      /** @description The event types to subscribe to, such as order.paid. The error for an unknown type lists the available ones. */
      events?: string[];
      description?: string;
      isEnabled?: boolean;
    };
    WebhookDelivery: {
      /** Format: uuid */
      id: string;
      /**
       * Format: uuid
       * @description The `webhook-id` that the receiver gets.
       */
      eventId: string;
      type: string;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'dead';
      attempts: number;
      /** @description The status of the last response; null if there was none. */
      responseStatus: number | null;
      /** @description The error of the last attempt, with the first 1,000 bytes of the response. */
      lastError: string | null;
      /** Format: date-time */
      lastAttemptAt: string | null;
      /** Format: date-time */
      nextAttemptAt: string | null;
      /** Format: date-time */
      createdAt: string;
    };
    PaymentNotice: Record<string, never>;
    Payment: {
      /** Format: uuid */
      reference: string;
      /** @enum {string} */
      status: 'requested' | 'authorized' | 'declined' | 'captured' | 'voided' | 'refunded';
      amountMinor: number;
      refundedMinor: number;
      currency: string;
      /** Format: date-time */
      updatedAt: string;
    };
    Product: {
      /** Format: uuid */
      id: string;
      sku: string;
      name: string;
      description: string;
      priceMinor: number;
      currency: string;
      stock: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      version: number;
    };
    NewProduct: {
      sku: string;
      name: string;
      /** @default  */
      description?: string;
      priceMinor: number;
      /** @enum {string} */
      currency:
        | 'AED'
        | 'AFN'
        | 'ALL'
        | 'AMD'
        | 'AOA'
        | 'ARS'
        | 'AUD'
        | 'AWG'
        | 'AZN'
        | 'BAM'
        | 'BBD'
        | 'BDT'
        | 'BHD'
        | 'BIF'
        | 'BMD'
        | 'BND'
        | 'BOB'
        | 'BOV'
        | 'BRL'
        | 'BSD'
        | 'BTN'
        | 'BWP'
        | 'BYN'
        | 'BZD'
        | 'CAD'
        | 'CDF'
        | 'CHE'
        | 'CHF'
        | 'CHW'
        | 'CLF'
        | 'CLP'
        | 'CNY'
        | 'COP'
        | 'COU'
        | 'CRC'
        | 'CUP'
        | 'CVE'
        | 'CZK'
        | 'DJF'
        | 'DKK'
        | 'DOP'
        | 'DZD'
        | 'EGP'
        | 'ERN'
        | 'ETB'
        | 'EUR'
        | 'FJD'
        | 'FKP'
        | 'GBP'
        | 'GEL'
        | 'GHS'
        | 'GIP'
        | 'GMD'
        | 'GNF'
        | 'GTQ'
        | 'GYD'
        | 'HKD'
        | 'HNL'
        | 'HTG'
        | 'HUF'
        | 'IDR'
        | 'ILS'
        | 'INR'
        | 'IQD'
        | 'IRR'
        | 'ISK'
        | 'JMD'
        | 'JOD'
        | 'JPY'
        | 'KES'
        | 'KGS'
        | 'KHR'
        | 'KMF'
        | 'KPW'
        | 'KRW'
        | 'KWD'
        | 'KYD'
        | 'KZT'
        | 'LAK'
        | 'LBP'
        | 'LKR'
        | 'LRD'
        | 'LSL'
        | 'LYD'
        | 'MAD'
        | 'MDL'
        | 'MGA'
        | 'MKD'
        | 'MMK'
        | 'MNT'
        | 'MOP'
        | 'MRU'
        | 'MUR'
        | 'MVR'
        | 'MWK'
        | 'MXN'
        | 'MXV'
        | 'MYR'
        | 'MZN'
        | 'NAD'
        | 'NGN'
        | 'NIO'
        | 'NOK'
        | 'NPR'
        | 'NZD'
        | 'OMR'
        | 'PAB'
        | 'PEN'
        | 'PGK'
        | 'PHP'
        | 'PKR'
        | 'PLN'
        | 'PYG'
        | 'QAR'
        | 'RON'
        | 'RSD'
        | 'RUB'
        | 'RWF'
        | 'SAR'
        | 'SBD'
        | 'SCR'
        | 'SDG'
        | 'SEK'
        | 'SGD'
        | 'SHP'
        | 'SLE'
        | 'SOS'
        | 'SRD'
        | 'SSP'
        | 'STN'
        | 'SVC'
        | 'SYP'
        | 'SZL'
        | 'THB'
        | 'TJS'
        | 'TMT'
        | 'TND'
        | 'TOP'
        | 'TRY'
        | 'TTD'
        | 'TWD'
        | 'TZS'
        | 'UAH'
        | 'UGX'
        | 'USD'
        | 'USN'
        | 'UYI'
        | 'UYU'
        | 'UYW'
        | 'UZS'
        | 'VED'
        | 'VES'
        | 'VND'
        | 'VUV'
        | 'WST'
        | 'XAD'
        | 'XAF'
        | 'XAG'
        | 'XAU'
        | 'XBA'
        | 'XBB'
        | 'XBC'
        | 'XBD'
        | 'XCD'
        | 'XCG'
        | 'XDR'
        | 'XOF'
        | 'XPD'
        | 'XPF'
        | 'XPT'
        | 'XSU'
        | 'XUA'
        | 'YER'
        | 'ZAR'
        | 'ZMW'
        | 'ZWG';
      /** @default 0 */
      stock?: number;
    };
    ProductChange: {
      sku?: string;
      name?: string;
      description?: string;
      priceMinor?: number;
      /** @enum {string} */
      currency?:
        | 'AED'
        | 'AFN'
        | 'ALL'
        | 'AMD'
        | 'AOA'
        | 'ARS'
        | 'AUD'
        | 'AWG'
        | 'AZN'
        | 'BAM'
        | 'BBD'
        | 'BDT'
        | 'BHD'
        | 'BIF'
        | 'BMD'
        | 'BND'
        | 'BOB'
        | 'BOV'
        | 'BRL'
        | 'BSD'
        | 'BTN'
        | 'BWP'
        | 'BYN'
        | 'BZD'
        | 'CAD'
        | 'CDF'
        | 'CHE'
        | 'CHF'
        | 'CHW'
        | 'CLF'
        | 'CLP'
        | 'CNY'
        | 'COP'
        | 'COU'
        | 'CRC'
        | 'CUP'
        | 'CVE'
        | 'CZK'
        | 'DJF'
        | 'DKK'
        | 'DOP'
        | 'DZD'
        | 'EGP'
        | 'ERN'
        | 'ETB'
        | 'EUR'
        | 'FJD'
        | 'FKP'
        | 'GBP'
        | 'GEL'
        | 'GHS'
        | 'GIP'
        | 'GMD'
        | 'GNF'
        | 'GTQ'
        | 'GYD'
        | 'HKD'
        | 'HNL'
        | 'HTG'
        | 'HUF'
        | 'IDR'
        | 'ILS'
        | 'INR'
        | 'IQD'
        | 'IRR'
        | 'ISK'
        | 'JMD'
        | 'JOD'
        | 'JPY'
        | 'KES'
        | 'KGS'
        | 'KHR'
        | 'KMF'
        | 'KPW'
        | 'KRW'
        | 'KWD'
        | 'KYD'
        | 'KZT'
        | 'LAK'
        | 'LBP'
        | 'LKR'
        | 'LRD'
        | 'LSL'
        | 'LYD'
        | 'MAD'
        | 'MDL'
        | 'MGA'
        | 'MKD'
        | 'MMK'
        | 'MNT'
        | 'MOP'
        | 'MRU'
        | 'MUR'
        | 'MVR'
        | 'MWK'
        | 'MXN'
        | 'MXV'
        | 'MYR'
        | 'MZN'
        | 'NAD'
        | 'NGN'
        | 'NIO'
        | 'NOK'
        | 'NPR'
        | 'NZD'
        | 'OMR'
        | 'PAB'
        | 'PEN'
        | 'PGK'
        | 'PHP'
        | 'PKR'
        | 'PLN'
        | 'PYG'
        | 'QAR'
        | 'RON'
        | 'RSD'
        | 'RUB'
        | 'RWF'
        | 'SAR'
        | 'SBD'
        | 'SCR'
        | 'SDG'
        | 'SEK'
        | 'SGD'
        | 'SHP'
        | 'SLE'
        | 'SOS'
        | 'SRD'
        | 'SSP'
        | 'STN'
        | 'SVC'
        | 'SYP'
        | 'SZL'
        | 'THB'
        | 'TJS'
        | 'TMT'
        | 'TND'
        | 'TOP'
        | 'TRY'
        | 'TTD'
        | 'TWD'
        | 'TZS'
        | 'UAH'
        | 'UGX'
        | 'USD'
        | 'USN'
        | 'UYI'
        | 'UYU'
        | 'UYW'
        | 'UZS'
        | 'VED'
        | 'VES'
        | 'VND'
        | 'VUV'
        | 'WST'
        | 'XAD'
        | 'XAF'
        | 'XAG'
        | 'XAU'
        | 'XBA'
        | 'XBB'
        | 'XBC'
        | 'XBD'
        | 'XCD'
        | 'XCG'
        | 'XDR'
        | 'XOF'
        | 'XPD'
        | 'XPF'
        | 'XPT'
        | 'XSU'
        | 'XUA'
        | 'YER'
        | 'ZAR'
        | 'ZMW'
        | 'ZWG';
      stock?: number;
    };
    ProductImport: {
      /** Format: uuid */
      id: string;
      /**
       * @description A failed import resumes where it stopped when its job is retried.
       * @enum {string}
       */
      status: 'waiting' | 'running' | 'done' | 'failed';
      /** @description The number of lines, without the header. */
      lines: number;
      imported: number;
      /** @description The number of lines with errors. */
      failed: number;
      /** @description The progress of the import in percent. */
      progress: number;
      /** Format: uuid */
      jobId: string;
      /** Format: uuid */
      createdBy: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      finishedAt: string | null;
    };
    ProductImportError: {
      /** @description The line of the file on which the record starts. The header is line 1. */
      line: number;
      /** @description null if the error concerns the whole line. */
      field: string | null;
      message: string;
    };
    PriceReport: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      status: 'waiting' | 'running' | 'done' | 'failed';
      /** @description null until the report is done. */
      currencies:
        | {
            currency: string;
            count: number;
            /** @description In minor units. */
            minMinor: number;
            /** @description In minor units. */
            lowerQuartileMinor: number;
            /** @description In minor units. */
            medianMinor: number;
            /** @description In minor units. */
            upperQuartileMinor: number;
            /** @description In minor units. */
            maxMinor: number;
            histogram: {
              /** @description In minor units. */
              fromMinor: number;
              /** @description In minor units. */
              toMinor: number;
              count: number;
            }[];
          }[]
        | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      finishedAt: string | null;
    };
    NewOrder: {
      /** @description Each product may appear in one item only. */
      items: {
        /** Format: uuid */
        productId: string;
        quantity: number;
      }[];
      shippingAddress?: {
        name: string;
        line1: string;
        line2?: string;
        city: string;
        postalCode: string;
        country: string;
      };
    };
    Order: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      customerId: string;
      shippingAddress?: {
        name: string;
        line1: string;
        line2?: string;
        city: string;
        postalCode: string;
        country: string;
      };
      /** @enum {string} */
      status: 'pending' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';
      currency: string;
      totalMinor: number;
      items: {
        /** Format: uuid */
        productId: string;
        sku: string;
        name: string;
        quantity: number;
        unitPriceMinor: number;
      }[];
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      version: number;
      /** @description The step that the payment has reached. Present only in the response for a single order, and only after the payment has started. */
      payment?: {
        /** @enum {string} */
        step: 'authorizing' | 'capturing' | 'paid' | 'declined' | 'expired' | 'cancelling' | 'cancelled';
        /** Format: date-time */
        since: string;
      };
    };
    OrderSummary: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      customerId: string;
      /** @enum {string} */
      status: 'pending' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';
      /** @enum {string} */
      payment?: 'authorizing' | 'capturing' | 'paid' | 'declined' | 'expired' | 'cancelling' | 'cancelled';
      currency: string;
      totalMinor: number;
      lines: number;
      pieces: number;
      /** Format: date-time */
      placedAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
  };
  responses: {
    /**
     * @description `VALIDATION_ERROR`: The request is not valid; see details.
     *
     *     `MALFORMED_URL`: The URL is not correctly percent-encoded.
     *
     *     `BAD_REQUEST`: The request could not be read.
     *
     *     `MALFORMED_JSON`: The body is not valid JSON.
     */
    'VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'VALIDATION_ERROR' | 'MALFORMED_URL' | 'BAD_REQUEST' | 'MALFORMED_JSON';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'VALIDATION_ERROR' | 'MALFORMED_URL' | 'BAD_REQUEST' | 'MALFORMED_JSON';
        };
      };
    };
    /** @description `UNAUTHENTICATED`: Sign in and send a valid access token. */
    UNAUTHENTICATED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'UNAUTHENTICATED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'UNAUTHENTICATED';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_MFA_REQUIRED`: This requires a sign-in with a second factor: enable one, then sign in with it.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'AUTH_MFA_REQUIRED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'AUTH_MFA_REQUIRED';
        };
      };
    };
    /** @description `REQUEST_TIMEOUT`: The request did not arrive in time; send it again. */
    REQUEST_TIMEOUT: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'REQUEST_TIMEOUT';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'REQUEST_TIMEOUT';
        };
      };
    };
    /** @description `PAYLOAD_TOO_LARGE`: The body is too large. */
    PAYLOAD_TOO_LARGE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PAYLOAD_TOO_LARGE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PAYLOAD_TOO_LARGE';
        };
      };
    };
    /** @description `UNSUPPORTED_MEDIA_TYPE`: Send JSON in UTF-8 with Content-Type: application/json, or the type that details list as expected. */
    UNSUPPORTED_MEDIA_TYPE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'UNSUPPORTED_MEDIA_TYPE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'UNSUPPORTED_MEDIA_TYPE';
        };
      };
    };
    /** @description `RATE_LIMITED`: Too many requests; wait for the seconds in Retry-After. */
    RATE_LIMITED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'RATE_LIMITED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'RATE_LIMITED';
        };
      };
    };
    /** @description `INTERNAL`: The service failed. Include the requestId when you report this. */
    INTERNAL: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'INTERNAL';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'INTERNAL';
        };
      };
    };
    /**
     * @description `UNAVAILABLE`: The service is temporarily unavailable; retry shortly.
     *
     *     `DEADLINE_EXCEEDED`: The request took too long; retry shortly.
     */
    'UNAVAILABLE.DEADLINE_EXCEEDED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'UNAVAILABLE' | 'DEADLINE_EXCEEDED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'UNAVAILABLE' | 'DEADLINE_EXCEEDED';
        };
      };
    };
    /** @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address. */
    API_KEYS_ADDRESS_REFUSED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN';
        };
      };
    };
    /** @description `PRECONDITION_FAILED`: The resource has changed since you read it; read it again and repeat the change. */
    PRECONDITION_FAILED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PRECONDITION_FAILED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PRECONDITION_FAILED';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `USERS_WRONG_PASSWORD`: The password is incorrect.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.USERS_WRONG_PASSWORD': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'USERS_WRONG_PASSWORD';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'USERS_WRONG_PASSWORD';
        };
      };
    };
    /** @description `USERS_LAST_ADMIN`: This is the last administrator. Make another user an administrator first. */
    USERS_LAST_ADMIN: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'USERS_LAST_ADMIN';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'USERS_LAST_ADMIN';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_MFA_REQUIRED`: This requires a sign-in with a second factor: enable one, then sign in with it.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'AUTH_MFA_REQUIRED' | 'AUTH_RECENT_SIGN_IN_REQUIRED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'AUTH_MFA_REQUIRED' | 'AUTH_RECENT_SIGN_IN_REQUIRED';
        };
      };
    };
    /** @description `AUTH_EMAIL_TAKEN`: An account with this e-mail address already exists. */
    AUTH_EMAIL_TAKEN: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'AUTH_EMAIL_TAKEN';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'AUTH_EMAIL_TAKEN';
        };
      };
    };
    /** @description `USERS_NOT_FOUND`: The user does not exist. */
    USERS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'USERS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'USERS_NOT_FOUND';
        };
      };
    };
    /** @description `AUTH_CROSS_SITE`: This request came from another site. Clients other than browsers must send the header X-Requested-With. */
    AUTH_CROSS_SITE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'AUTH_CROSS_SITE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'AUTH_CROSS_SITE';
        };
      };
    };
    /** @description `AUTH_INVALID_CREDENTIALS`: The e-mail address or the password is incorrect. */
    AUTH_INVALID_CREDENTIALS: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'AUTH_INVALID_CREDENTIALS';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'AUTH_INVALID_CREDENTIALS';
        };
      };
    };
    /** @description `AUTH_INVALID_REFRESH_TOKEN`: The session has ended. Sign in again. */
    AUTH_INVALID_REFRESH_TOKEN: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'AUTH_INVALID_REFRESH_TOKEN';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'AUTH_INVALID_REFRESH_TOKEN';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'AUTH_RECENT_SIGN_IN_REQUIRED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'AUTH_RECENT_SIGN_IN_REQUIRED';
        };
      };
    };
    /** @description `AUTH_SESSION_NOT_FOUND`: The session does not exist or has ended. */
    AUTH_SESSION_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'AUTH_SESSION_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'AUTH_SESSION_NOT_FOUND';
        };
      };
    };
    /**
     * @description `VALIDATION_ERROR`: The request is not valid; see details.
     *
     *     `MALFORMED_URL`: The URL is not correctly percent-encoded.
     *
     *     `BAD_REQUEST`: The request could not be read.
     *
     *     `MALFORMED_JSON`: The body is not valid JSON.
     *
     *     `AUTH_INVALID_LINK`: The link is invalid: it was used, replaced by a newer one, or has expired. Request a new link.
     */
    'VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON.AUTH_INVALID_LINK': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            'VALIDATION_ERROR' | 'MALFORMED_URL' | 'BAD_REQUEST' | 'MALFORMED_JSON' | 'AUTH_INVALID_LINK';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            'VALIDATION_ERROR' | 'MALFORMED_URL' | 'BAD_REQUEST' | 'MALFORMED_JSON' | 'AUTH_INVALID_LINK';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     *
     *     `USERS_WRONG_PASSWORD`: The password is incorrect.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.USERS_WRONG_PASSWORD': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'USERS_WRONG_PASSWORD';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'USERS_WRONG_PASSWORD';
        };
      };
    };
    /** @description `MFA_ALREADY_ON`: The second factor is already on. Turn it off first. */
    MFA_ALREADY_ON: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'MFA_ALREADY_ON';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'MFA_ALREADY_ON';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `MFA_INVALID_CODE`: The code is incorrect or was used before.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.MFA_INVALID_CODE': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'MFA_INVALID_CODE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'MFA_INVALID_CODE';
        };
      };
    };
    /** @description `MFA_NOT_STARTED`: There is no secret to confirm. Create one first with POST /auth/mfa/totp. */
    MFA_NOT_STARTED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'MFA_NOT_STARTED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'MFA_NOT_STARTED';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `USERS_WRONG_PASSWORD`: The password is incorrect.
     *
     *     `MFA_INVALID_CODE`: The code is incorrect or was used before.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.USERS_WRONG_PASSWORD.MFA_INVALID_CODE': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'USERS_WRONG_PASSWORD' | 'MFA_INVALID_CODE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'USERS_WRONG_PASSWORD' | 'MFA_INVALID_CODE';
        };
      };
    };
    /** @description `MFA_NOT_ON`: The second factor is off. */
    MFA_NOT_ON: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'MFA_NOT_ON';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'MFA_NOT_ON';
        };
      };
    };
    /** @description `AUTH_INVALID_MFA_CODE`: The code is incorrect, or the sign-in has expired. If another code fails too, sign in again. */
    AUTH_INVALID_MFA_CODE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'AUTH_INVALID_MFA_CODE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'AUTH_INVALID_MFA_CODE';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_MFA_REQUIRED`: This requires a sign-in with a second factor: enable one, then sign in with it.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     *
     *     `MFA_OWN_FACTOR`: You cannot remove your own second factor here. Use DELETE /auth/mfa/totp with your password and a code.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED.MFA_OWN_FACTOR': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_MFA_REQUIRED'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'MFA_OWN_FACTOR';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_MFA_REQUIRED'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'MFA_OWN_FACTOR';
        };
      };
    };
    /** @description `OIDC_PROVIDER_NOT_FOUND`: The sign-in provider does not exist. */
    OIDC_PROVIDER_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OIDC_PROVIDER_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OIDC_PROVIDER_NOT_FOUND';
        };
      };
    };
    /**
     * @description `OIDC_PROVIDER_UNAVAILABLE`: The sign-in provider is unavailable. Try again shortly.
     *
     *     `OIDC_PROVIDER_MISCONFIGURED`: Sign-in with this provider is misconfigured. Contact the operator of this service.
     *
     *     `UNAVAILABLE`: The service is temporarily unavailable; retry shortly.
     *
     *     `DEADLINE_EXCEEDED`: The request took too long; retry shortly.
     */
    'OIDC_PROVIDER_UNAVAILABLE.OIDC_PROVIDER_MISCONFIGURED.UNAVAILABLE.DEADLINE_EXCEEDED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            'OIDC_PROVIDER_UNAVAILABLE' | 'OIDC_PROVIDER_MISCONFIGURED' | 'UNAVAILABLE' | 'DEADLINE_EXCEEDED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            'OIDC_PROVIDER_UNAVAILABLE' | 'OIDC_PROVIDER_MISCONFIGURED' | 'UNAVAILABLE' | 'DEADLINE_EXCEEDED';
        };
      };
    };
    /** @description `OIDC_SIGN_IN_FAILED`: The sign-in with this provider failed. Start again. */
    OIDC_SIGN_IN_FAILED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OIDC_SIGN_IN_FAILED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OIDC_SIGN_IN_FAILED';
        };
      };
    };
    /** @description `OIDC_EMAIL_UNVERIFIED`: The provider has not verified your e-mail address. Verify it there first. */
    OIDC_EMAIL_UNVERIFIED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OIDC_EMAIL_UNVERIFIED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OIDC_EMAIL_UNVERIFIED';
        };
      };
    };
    /**
     * @description `OIDC_LINK_REQUIRED`: An account with this e-mail address already exists. Sign in to it, then link the provider.
     *
     *     `OIDC_IDENTITY_TAKEN`: This identity is linked to another account.
     */
    'OIDC_LINK_REQUIRED.OIDC_IDENTITY_TAKEN': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OIDC_LINK_REQUIRED' | 'OIDC_IDENTITY_TAKEN';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OIDC_LINK_REQUIRED' | 'OIDC_IDENTITY_TAKEN';
        };
      };
    };
    /**
     * @description `VALIDATION_ERROR`: The request is not valid; see details.
     *
     *     `MALFORMED_URL`: The URL is not correctly percent-encoded.
     *
     *     `BAD_REQUEST`: The request could not be read.
     */
    'VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'VALIDATION_ERROR' | 'MALFORMED_URL' | 'BAD_REQUEST';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'VALIDATION_ERROR' | 'MALFORMED_URL' | 'BAD_REQUEST';
        };
      };
    };
    /** @description `OIDC_LINK_NOT_FOUND`: Your account is not linked to this provider. */
    OIDC_LINK_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OIDC_LINK_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OIDC_LINK_NOT_FOUND';
        };
      };
    };
    /** @description `OIDC_LAST_WAY_IN`: This is the only way to sign in to your account. Set a password or link another provider first. */
    OIDC_LAST_WAY_IN: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OIDC_LAST_WAY_IN';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OIDC_LAST_WAY_IN';
        };
      };
    };
    /** @description `OPERATIONS_EVENT_NOT_FOUND`: There is no such dead event. */
    OPERATIONS_EVENT_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OPERATIONS_EVENT_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OPERATIONS_EVENT_NOT_FOUND';
        };
      };
    };
    /** @description `OPERATIONS_JOB_NOT_FOUND`: There is no such job. */
    OPERATIONS_JOB_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OPERATIONS_JOB_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OPERATIONS_JOB_NOT_FOUND';
        };
      };
    };
    /** @description `OPERATIONS_JOB_NOT_DEAD`: Only a dead job can be retried. */
    OPERATIONS_JOB_NOT_DEAD: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'OPERATIONS_JOB_NOT_DEAD';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'OPERATIONS_JOB_NOT_DEAD';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     *
     *     `API_KEYS_SCOPE_NOT_HELD`: A key can only have permissions that you have. See details for the missing ones.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.API_KEYS_SCOPE_NOT_HELD': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'API_KEYS_SCOPE_NOT_HELD';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'API_KEYS_SCOPE_NOT_HELD';
        };
      };
    };
    /** @description `API_KEYS_TOO_MANY`: You have reached the limit of 20 API keys. Revoke one first. */
    API_KEYS_TOO_MANY: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_TOO_MANY';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_TOO_MANY';
        };
      };
    };
    /** @description `API_KEYS_NOT_FOUND`: The API key does not exist. */
    API_KEYS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_NOT_FOUND';
        };
      };
    };
    /** @description `API_KEYS_EXPIRED`: This API key has expired. Create a new one. */
    API_KEYS_EXPIRED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_EXPIRED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_EXPIRED';
        };
      };
    };
    /** @description `ORGANIZATIONS_TOO_MANY`: You own 20 organizations, which is the limit. */
    ORGANIZATIONS_TOO_MANY: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_TOO_MANY';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_TOO_MANY';
        };
      };
    };
    /** @description `ORGANIZATIONS_NOT_FOUND`: The organization does not exist. */
    ORGANIZATIONS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `ORGANIZATIONS_ROLE_TOO_LOW`: Your role in the organization does not allow this action.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'ORGANIZATIONS_ROLE_TOO_LOW';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'ORGANIZATIONS_ROLE_TOO_LOW';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     *
     *     `ORGANIZATIONS_ROLE_TOO_LOW`: Your role in the organization does not allow this action.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.ORGANIZATIONS_ROLE_TOO_LOW': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'ORGANIZATIONS_ROLE_TOO_LOW';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'ORGANIZATIONS_ROLE_TOO_LOW';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `ORGANIZATIONS_ROLE_TOO_LOW`: Your role in the organization does not allow this action.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW.AUTH_RECENT_SIGN_IN_REQUIRED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'ORGANIZATIONS_ROLE_TOO_LOW'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'ORGANIZATIONS_ROLE_TOO_LOW'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED';
        };
      };
    };
    /**
     * @description `ORGANIZATIONS_NOT_FOUND`: The organization does not exist.
     *
     *     `ORGANIZATIONS_MEMBER_NOT_FOUND`: The member does not exist in this organization.
     */
    'ORGANIZATIONS_NOT_FOUND.ORGANIZATIONS_MEMBER_NOT_FOUND': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND' | 'ORGANIZATIONS_MEMBER_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND' | 'ORGANIZATIONS_MEMBER_NOT_FOUND';
        };
      };
    };
    /** @description `ORGANIZATIONS_LAST_OWNER`: This is the last owner. Make another member an owner first. */
    ORGANIZATIONS_LAST_OWNER: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_LAST_OWNER';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_LAST_OWNER';
        };
      };
    };
    /**
     * @description `VALIDATION_ERROR`: The request is not valid; see details.
     *
     *     `MALFORMED_URL`: The URL is not correctly percent-encoded.
     *
     *     `BAD_REQUEST`: The request could not be read.
     *
     *     `MALFORMED_JSON`: The body is not valid JSON.
     *
     *     `ORGANIZATIONS_INVITATION_INVALID`: The invitation is invalid or has expired. Ask for a new one.
     */
    'VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON.ORGANIZATIONS_INVITATION_INVALID': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'VALIDATION_ERROR'
            | 'MALFORMED_URL'
            | 'BAD_REQUEST'
            | 'MALFORMED_JSON'
            | 'ORGANIZATIONS_INVITATION_INVALID';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'VALIDATION_ERROR'
            | 'MALFORMED_URL'
            | 'BAD_REQUEST'
            | 'MALFORMED_JSON'
            | 'ORGANIZATIONS_INVITATION_INVALID';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `ORGANIZATIONS_INVITATION_NOT_YOURS`: The invitation was sent to another address, or your e-mail address is not verified.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_INVITATION_NOT_YOURS': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'ORGANIZATIONS_INVITATION_NOT_YOURS';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'API_KEYS_ADDRESS_REFUSED' | 'FORBIDDEN' | 'ORGANIZATIONS_INVITATION_NOT_YOURS';
        };
      };
    };
    /** @description `ORGANIZATIONS_ALREADY_MEMBER`: A user with this e-mail address is already a member. */
    ORGANIZATIONS_ALREADY_MEMBER: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_ALREADY_MEMBER';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_ALREADY_MEMBER';
        };
      };
    };
    /**
     * @description `ORGANIZATIONS_TOO_MANY_INVITATIONS`: You have sent too many invitations. Try again in an hour.
     *
     *     `RATE_LIMITED`: Too many requests; wait for the seconds in Retry-After.
     */
    'ORGANIZATIONS_TOO_MANY_INVITATIONS.RATE_LIMITED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_TOO_MANY_INVITATIONS' | 'RATE_LIMITED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_TOO_MANY_INVITATIONS' | 'RATE_LIMITED';
        };
      };
    };
    /**
     * @description `ORGANIZATIONS_NOT_FOUND`: The organization does not exist.
     *
     *     `ORGANIZATIONS_INVITATION_NOT_FOUND`: The invitation does not exist or is no longer open.
     */
    'ORGANIZATIONS_NOT_FOUND.ORGANIZATIONS_INVITATION_NOT_FOUND': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND' | 'ORGANIZATIONS_INVITATION_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND' | 'ORGANIZATIONS_INVITATION_NOT_FOUND';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     *
     *     `ORGANIZATIONS_ROLE_TOO_LOW`: Your role in the organization does not allow this action.
     *
     *     `API_KEYS_SCOPE_NOT_HELD`: A key can only have permissions that you have. See details for the missing ones.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.ORGANIZATIONS_ROLE_TOO_LOW.API_KEYS_SCOPE_NOT_HELD': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'ORGANIZATIONS_ROLE_TOO_LOW'
            | 'API_KEYS_SCOPE_NOT_HELD';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'ORGANIZATIONS_ROLE_TOO_LOW'
            | 'API_KEYS_SCOPE_NOT_HELD';
        };
      };
    };
    /**
     * @description `API_KEYS_ADDRESS_REFUSED`: This API key cannot be used from your IP address.
     *
     *     `FORBIDDEN`: You are not allowed to do this.
     *
     *     `AUTH_RECENT_SIGN_IN_REQUIRED`: This requires a sign-in within the last ten minutes: sign in again.
     *
     *     `ORGANIZATIONS_ROLE_TOO_LOW`: Your role in the organization does not allow this action.
     *
     *     `ORGANIZATIONS_KEY_OF_ANOTHER`: The key acts for another user. Revoke it and create your own.
     */
    'API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.ORGANIZATIONS_ROLE_TOO_LOW.ORGANIZATIONS_KEY_OF_ANOTHER': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'ORGANIZATIONS_ROLE_TOO_LOW'
            | 'ORGANIZATIONS_KEY_OF_ANOTHER';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'API_KEYS_ADDRESS_REFUSED'
            | 'FORBIDDEN'
            | 'AUTH_RECENT_SIGN_IN_REQUIRED'
            | 'ORGANIZATIONS_ROLE_TOO_LOW'
            | 'ORGANIZATIONS_KEY_OF_ANOTHER';
        };
      };
    };
    /**
     * @description `ORGANIZATIONS_NOT_FOUND`: The organization does not exist.
     *
     *     `API_KEYS_NOT_FOUND`: The API key does not exist.
     */
    'ORGANIZATIONS_NOT_FOUND.API_KEYS_NOT_FOUND': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND' | 'API_KEYS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORGANIZATIONS_NOT_FOUND' | 'API_KEYS_NOT_FOUND';
        };
      };
    };
    /** @description `WEBHOOKS_TOO_MANY`: You have ten webhook endpoints, which is the limit: delete one first. */
    WEBHOOKS_TOO_MANY: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_TOO_MANY';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_TOO_MANY';
        };
      };
    };
    /** @description `WEBHOOKS_NOT_FOUND`: There is no such webhook endpoint. */
    WEBHOOKS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_NOT_FOUND';
        };
      };
    };
    /** @description `WEBHOOKS_DISABLED`: This webhook endpoint is disabled: enable it first. */
    WEBHOOKS_DISABLED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_DISABLED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_DISABLED';
        };
      };
    };
    /**
     * @description `WEBHOOKS_NOT_FOUND`: There is no such webhook endpoint.
     *
     *     `WEBHOOKS_DELIVERY_NOT_FOUND`: There is no such delivery to this endpoint, or it is older than 30 days.
     */
    'WEBHOOKS_NOT_FOUND.WEBHOOKS_DELIVERY_NOT_FOUND': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_NOT_FOUND' | 'WEBHOOKS_DELIVERY_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'WEBHOOKS_NOT_FOUND' | 'WEBHOOKS_DELIVERY_NOT_FOUND';
        };
      };
    };
    /** @description `PAYMENTS_SIGNATURE_REFUSED`: The signature is invalid or older than five minutes. Check the webhook secret and the clock. */
    PAYMENTS_SIGNATURE_REFUSED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PAYMENTS_SIGNATURE_REFUSED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PAYMENTS_SIGNATURE_REFUSED';
        };
      };
    };
    /** @description `PAYMENTS_OFF`: Payments are disabled: no payment provider is configured. */
    PAYMENTS_OFF: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PAYMENTS_OFF';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PAYMENTS_OFF';
        };
      };
    };
    /** @description `PAYMENTS_NOT_FOUND`: There is no such payment. */
    PAYMENTS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PAYMENTS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PAYMENTS_NOT_FOUND';
        };
      };
    };
    /** @description `PRODUCTS_NOT_FOUND`: There is no such product. */
    PRODUCTS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PRODUCTS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PRODUCTS_NOT_FOUND';
        };
      };
    };
    /** @description `PRODUCTS_SKU_TAKEN`: Another product has this sku: choose another one. */
    PRODUCTS_SKU_TAKEN: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PRODUCTS_SKU_TAKEN';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PRODUCTS_SKU_TAKEN';
        };
      };
    };
    /**
     * @description `VALIDATION_ERROR`: The request is not valid; see details.
     *
     *     `MALFORMED_URL`: The URL is not correctly percent-encoded.
     *
     *     `BAD_REQUEST`: The request could not be read.
     *
     *     `PRODUCT_IMPORTS_WRONG_HEADER`: The first line must be sku,name,description,priceMinor,currency,stock. The details list the differences.
     *
     *     `PRODUCT_IMPORTS_WRONG_ENCODING`: The file is not UTF-8 text; see the line in details. Save the file as UTF-8.
     *
     *     `PRODUCT_IMPORTS_LINE_TOO_LONG`: A line is longer than 65,536 characters; see the line in details. Shorten its values, or close its quotation mark.
     *
     *     `PRODUCT_IMPORTS_MALFORMED`: A line has unbalanced quotation marks; see the line in details. Close each quotation mark, and double those inside a value.
     */
    'VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.PRODUCT_IMPORTS_WRONG_HEADER.PRODUCT_IMPORTS_WRONG_ENCODING.PRODUCT_IMPORTS_LINE_TOO_LONG.PRODUCT_IMPORTS_MALFORMED': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'VALIDATION_ERROR'
            | 'MALFORMED_URL'
            | 'BAD_REQUEST'
            | 'PRODUCT_IMPORTS_WRONG_HEADER'
            | 'PRODUCT_IMPORTS_WRONG_ENCODING'
            | 'PRODUCT_IMPORTS_LINE_TOO_LONG'
            | 'PRODUCT_IMPORTS_MALFORMED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'VALIDATION_ERROR'
            | 'MALFORMED_URL'
            | 'BAD_REQUEST'
            | 'PRODUCT_IMPORTS_WRONG_HEADER'
            | 'PRODUCT_IMPORTS_WRONG_ENCODING'
            | 'PRODUCT_IMPORTS_LINE_TOO_LONG'
            | 'PRODUCT_IMPORTS_MALFORMED';
        };
      };
    };
    /** @description `PRODUCT_IMPORTS_NOT_FOUND`: There is no such import. */
    PRODUCT_IMPORTS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PRODUCT_IMPORTS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PRODUCT_IMPORTS_NOT_FOUND';
        };
      };
    };
    /** @description `PRICE_REPORTS_NOT_FOUND`: There is no such report. */
    PRICE_REPORTS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'PRICE_REPORTS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'PRICE_REPORTS_NOT_FOUND';
        };
      };
    };
    /**
     * @description `IDEMPOTENCY_IN_FLIGHT`: A request with this Idempotency-Key is in progress; retry it shortly.
     *
     *     `ORDERS_OUT_OF_STOCK`: There is not enough stock for the products in details.
     *
     *     `ORDERS_PRODUCT_GONE`: The products in details are not for sale.
     *
     *     `ORDERS_MIXED_CURRENCIES`: The products have different currencies: place one order per currency.
     */
    'IDEMPOTENCY_IN_FLIGHT.ORDERS_OUT_OF_STOCK.ORDERS_PRODUCT_GONE.ORDERS_MIXED_CURRENCIES': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?:
            | 'IDEMPOTENCY_IN_FLIGHT'
            | 'ORDERS_OUT_OF_STOCK'
            | 'ORDERS_PRODUCT_GONE'
            | 'ORDERS_MIXED_CURRENCIES';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?:
            | 'IDEMPOTENCY_IN_FLIGHT'
            | 'ORDERS_OUT_OF_STOCK'
            | 'ORDERS_PRODUCT_GONE'
            | 'ORDERS_MIXED_CURRENCIES';
        };
      };
    };
    /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used for a different request; use a new key. */
    IDEMPOTENCY_KEY_REUSED: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'IDEMPOTENCY_KEY_REUSED';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'IDEMPOTENCY_KEY_REUSED';
        };
      };
    };
    /** @description `ORDERS_NOT_FOUND`: There is no such order. */
    ORDERS_NOT_FOUND: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_FOUND';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_FOUND';
        };
      };
    };
    /** @description `ORDERS_NOT_CANCELLABLE`: Only a pending or paid order can be cancelled. */
    ORDERS_NOT_CANCELLABLE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_CANCELLABLE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_CANCELLABLE';
        };
      };
    };
    /** @description `ORDERS_NOT_SHIPPABLE`: Only a paid order can be shipped. */
    ORDERS_NOT_SHIPPABLE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_SHIPPABLE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_SHIPPABLE';
        };
      };
    };
    /** @description `ORDERS_NOT_DELIVERABLE`: Only a shipped order can be delivered. */
    ORDERS_NOT_DELIVERABLE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_DELIVERABLE';
        };
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          code?: 'ORDERS_NOT_DELIVERABLE';
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  get_audit_events: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
        /** @description Event type, such as `auth.password_changed`. */
        type?: string;
        /** @description The user who acted. */
        actorId?: string;
        /** @description The affected user. */
        subjectId?: string;
        /** @description IP address of the actor. */
        ip?: string;
        /** @description Earliest time, in UTC. */
        from?: string;
        /** @description Latest time, exclusive, in UTC. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['AuditEvent'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_users_me: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the caller has. If it is still current, the response is 304. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['User'];
          };
        };
      };
      /** @description Not modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_users_me: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          password: string;
        };
      };
    };
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.USERS_WRONG_PASSWORD'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['USERS_LAST_ADMIN'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  patch_users_me: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['User'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_users_me_export: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              [key: string]: unknown;
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_users: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
        status?: 'active' | 'disabled';
        role?: 'user' | 'manager' | 'admin';
        /** @description Words or word prefixes that the name or e-mail address must contain. */
        q?: string;
        emailVerified?: boolean;
        /** @description Created at or after this time. */
        createdFrom?: string;
        /** @description Created before this time. */
        createdTo?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['User'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_users: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewUser'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['User'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['AUTH_EMAIL_TAKEN'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_users_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the caller has. If it is still current, the response is 304. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['User'];
          };
        };
      };
      /** @description Not modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['USERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_users_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['USERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['USERS_LAST_ADMIN'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  patch_users_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UserChange'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['User'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['USERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['USERS_LAST_ADMIN'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Registration'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['SignedIn'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      403: components['responses']['AUTH_CROSS_SITE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['AUTH_EMAIL_TAKEN'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Credentials'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data:
              | {
                  user: {
                    /** Format: uuid */
                    id: string;
                    email: string;
                    name: string;
                    roles: ('user' | 'manager' | 'admin')[];
                    emailVerified: boolean;
                    /** @enum {string} */
                    status: 'active' | 'disabled';
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    updatedAt: string;
                    version: number;
                  };
                  accessToken: string;
                  /** @enum {string} */
                  tokenType: 'Bearer';
                  expiresIn: number;
                }
              | {
                  /** @enum {boolean} */
                  mfaRequired: true;
                  mfaToken: string;
                };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['AUTH_INVALID_CREDENTIALS'];
      403: components['responses']['AUTH_CROSS_SITE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Refreshed'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['AUTH_INVALID_REFRESH_TOKEN'];
      403: components['responses']['AUTH_CROSS_SITE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      403: components['responses']['AUTH_CROSS_SITE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_logout_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_auth_sessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              /** Format: uuid */
              id: string;
              device: string | null;
              ip: string;
              /** Format: date-time */
              createdAt: string;
              /** Format: date-time */
              lastUsedAt: string;
              current: boolean;
            }[];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_auth_sessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_auth_sessions_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['AUTH_SESSION_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_password_forgot: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string;
        };
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: null;
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_password_reset: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          token: string;
          password: string;
        };
      };
    };
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON.AUTH_INVALID_LINK'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_password_change: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          currentPassword: string;
          newPassword: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['SignedIn'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.USERS_WRONG_PASSWORD'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_email_verify: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          token: string;
        };
      };
    };
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON.AUTH_INVALID_LINK'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_email_verify_resend: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: null;
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_email_change: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string;
          password: string;
        };
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: null;
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.USERS_WRONG_PASSWORD'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_email_change_confirm: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          token: string;
        };
      };
    };
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON.AUTH_INVALID_LINK'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['AUTH_EMAIL_TAKEN'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_auth_mfa: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Mfa'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_mfa_totp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          password: string;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['NewTotp'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.USERS_WRONG_PASSWORD'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['MFA_ALREADY_ON'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_auth_mfa_totp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          password: string;
          code: string;
        };
      };
    };
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.USERS_WRONG_PASSWORD.MFA_INVALID_CODE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['MFA_NOT_ON'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_mfa_totp_confirm: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          code: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['RecoveryCodes'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.MFA_INVALID_CODE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['MFA_NOT_STARTED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_mfa_recovery_codes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          password: string;
          code: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['RecoveryCodes'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.USERS_WRONG_PASSWORD.MFA_INVALID_CODE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['MFA_NOT_ON'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_mfa_verify: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          mfaToken: string;
          code: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['SignedIn'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['AUTH_INVALID_MFA_CODE'];
      403: components['responses']['AUTH_CROSS_SITE'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_users_id_mfa: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED.MFA_OWN_FACTOR'];
      404: components['responses']['USERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['MFA_NOT_ON'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_auth_oidc: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              name: string;
            }[];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_auth_oidc_links: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              provider: string;
              /** Format: date-time */
              linkedAt: string;
              /** Format: date-time */
              lastUsedAt: string;
            }[];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_auth_oidc_provider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Redirect */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      404: components['responses']['OIDC_PROVIDER_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['OIDC_PROVIDER_UNAVAILABLE.OIDC_PROVIDER_MISCONFIGURED.UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_auth_oidc_provider_callback: {
    parameters: {
      query?: {
        state?: string;
        code?: string;
        error?: string;
        error_description?: string;
        iss?: string;
      };
      header?: never;
      path: {
        provider: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data:
              | (
                  | {
                      user: {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        name: string;
                        roles: ('user' | 'manager' | 'admin')[];
                        emailVerified: boolean;
                        /** @enum {string} */
                        status: 'active' | 'disabled';
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                      };
                      accessToken: string;
                      /** @enum {string} */
                      tokenType: 'Bearer';
                      expiresIn: number;
                    }
                  | {
                      /** @enum {boolean} */
                      mfaRequired: true;
                      mfaToken: string;
                    }
                )
              | {
                  /** @enum {boolean} */
                  linked: true;
                  provider: string;
                };
          };
        };
      };
      /** @description Redirect */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['OIDC_SIGN_IN_FAILED'];
      403: components['responses']['OIDC_EMAIL_UNVERIFIED'];
      404: components['responses']['OIDC_PROVIDER_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['OIDC_LINK_REQUIRED.OIDC_IDENTITY_TAKEN'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['OIDC_PROVIDER_UNAVAILABLE.OIDC_PROVIDER_MISCONFIGURED.UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_oidc_provider_callback: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: string;
      };
      cookie?: never;
    };
    /** @description At most 65,536 bytes, sent within 600 seconds. 408 if no bytes arrive for 10 seconds. */
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data:
              | (
                  | {
                      user: {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        name: string;
                        roles: ('user' | 'manager' | 'admin')[];
                        emailVerified: boolean;
                        /** @enum {string} */
                        status: 'active' | 'disabled';
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                      };
                      accessToken: string;
                      /** @enum {string} */
                      tokenType: 'Bearer';
                      expiresIn: number;
                    }
                  | {
                      /** @enum {boolean} */
                      mfaRequired: true;
                      mfaToken: string;
                    }
                )
              | {
                  /** @enum {boolean} */
                  linked: true;
                  provider: string;
                };
          };
        };
      };
      /** @description Redirect */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST'];
      401: components['responses']['OIDC_SIGN_IN_FAILED'];
      403: components['responses']['OIDC_EMAIL_UNVERIFIED'];
      404: components['responses']['OIDC_PROVIDER_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['OIDC_LINK_REQUIRED.OIDC_IDENTITY_TAKEN'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['OIDC_PROVIDER_UNAVAILABLE.OIDC_PROVIDER_MISCONFIGURED.UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_auth_oidc_provider_link: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              url: string;
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['OIDC_PROVIDER_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['OIDC_PROVIDER_UNAVAILABLE.OIDC_PROVIDER_MISCONFIGURED.UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_auth_oidc_provider_link: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['OIDC_LINK_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['OIDC_LAST_WAY_IN'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_users_id_sessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              /** Format: uuid */
              id: string;
              device: string | null;
              ip: string;
              /** Format: date-time */
              createdAt: string;
              /** Format: date-time */
              lastUsedAt: string;
              current: boolean;
            }[];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['USERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_users_id_sessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['USERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_users_id_unlock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['USERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_admin_events_dead: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['DeadEvent'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_admin_events_id_redrive: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['OPERATIONS_EVENT_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_admin_events_id_skip: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['OPERATIONS_EVENT_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_admin_jobs: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
        status?: 'waiting' | 'running' | 'done' | 'dead';
        /** @description Job name, such as `housekeeping.purge`. */
        name?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Job'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_admin_jobs_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Job'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['OPERATIONS_JOB_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_admin_jobs_id_retry: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['OPERATIONS_JOB_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['OPERATIONS_JOB_NOT_DEAD'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_api_keys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              /** Format: uuid */
              id: string;
              /** @description The public part of the key, which identifies it. */
              prefix: string;
              name: string;
              scopes: string[];
              allowedAddresses: string[];
              quotaPerMinute: number;
              quotaPerDay: number;
              /** Format: date-time */
              expiresAt: string;
              /**
               * Format: date-time
               * @description Accurate to the minute.
               */
              lastUsedAt: string | null;
              lastUsedIp: string | null;
              /** Format: date-time */
              createdAt: string;
              /**
               * Format: date-time
               * @description When the secret before the last rotation expires or expired.
               */
              rotatedUntil: string | null;
              /** @description Incremented by each change of the key, but not by its use. */
              version: number;
            }[];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_api_keys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewApiKey'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['ApiKeyWithSecret'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.API_KEYS_SCOPE_NOT_HELD'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['API_KEYS_TOO_MANY'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_api_keys_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the caller has. If it is still current, the response is 304. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['ApiKey'];
          };
        };
      };
      /** @description Not modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      404: components['responses']['API_KEYS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_api_keys_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      404: components['responses']['API_KEYS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  patch_api_keys_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApiKeyChange'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['ApiKey'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['API_KEYS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_api_keys_id_rotate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApiKeyRotation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['ApiKeyWithSecret'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['API_KEYS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['API_KEYS_EXPIRED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_organizations: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Organization'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_organizations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewOrganization'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Organization'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['ORGANIZATIONS_TOO_MANY'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_organizations_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the caller has. If it is still current, the response is 304. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Organization'];
          };
        };
      };
      /** @description Not modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_organizations_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  patch_organizations_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OrganizationChange'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Organization'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_organizations_id_members: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Member'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_organizations_id_members_user_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND.ORGANIZATIONS_MEMBER_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['ORGANIZATIONS_LAST_OWNER'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  patch_organizations_id_members_user_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        userId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MemberChange'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Member'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND.ORGANIZATIONS_MEMBER_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['ORGANIZATIONS_LAST_OWNER'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_organizations_invitations_accept: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          token: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Organization'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON.ORGANIZATIONS_INVITATION_INVALID'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_INVITATION_NOT_YOURS'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_organizations_id_invitations: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Invitation'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_organizations_id_invitations: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewInvitation'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Invitation'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['ORGANIZATIONS_ALREADY_MEMBER'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['ORGANIZATIONS_TOO_MANY_INVITATIONS.RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_organizations_id_invitations_invitation_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        invitationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND.ORGANIZATIONS_INVITATION_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_organizations_id_api_keys: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              /** Format: uuid */
              id: string;
              /** @description The public part of the key, which identifies it. */
              prefix: string;
              name: string;
              scopes: string[];
              allowedAddresses: string[];
              quotaPerMinute: number;
              quotaPerDay: number;
              /** Format: date-time */
              expiresAt: string;
              /**
               * Format: date-time
               * @description Accurate to the minute.
               */
              lastUsedAt: string | null;
              lastUsedIp: string | null;
              /** Format: date-time */
              createdAt: string;
              /**
               * Format: date-time
               * @description When the secret before the last rotation expires or expired.
               */
              rotatedUntil: string | null;
              /** @description Incremented by each change of the key, but not by its use. */
              version: number;
              /**
               * Format: uuid
               * @description The id of the user that the key acts for.
               */
              userId: string;
            }[];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_organizations_id_api_keys: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewApiKey'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['NewOrganizationApiKey'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.ORGANIZATIONS_ROLE_TOO_LOW.API_KEYS_SCOPE_NOT_HELD'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['API_KEYS_TOO_MANY'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_organizations_id_api_keys_key_id_rotate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        keyId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApiKeyRotation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['NewOrganizationApiKey'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_RECENT_SIGN_IN_REQUIRED.ORGANIZATIONS_ROLE_TOO_LOW.ORGANIZATIONS_KEY_OF_ANOTHER'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND.API_KEYS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['API_KEYS_EXPIRED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_organizations_id_api_keys_key_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.ORGANIZATIONS_ROLE_TOO_LOW'];
      404: components['responses']['ORGANIZATIONS_NOT_FOUND.API_KEYS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_webhook_endpoints: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: {
              /** Format: uuid */
              id: string;
              url: string;
              description: string;
              events: string[];
              isEnabled: boolean;
              /** @description The reason if the service disabled the endpoint: `gone` after a 410 response, `failing` if no attempt has succeeded for five days. */
              disabledReason: string | null;
              /**
               * Format: date-time
               * @description The first failed attempt since the last success.
               */
              failingSince: string | null;
              /**
               * Format: date-time
               * @description The time at which the previous secret stops signing, or stopped.
               */
              rotatedUntil: string | null;
              /** Format: date-time */
              createdAt: string;
              version: number;
            }[];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_webhook_endpoints: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewWebhookEndpoint'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['WebhookEndpointWithSecret'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['WEBHOOKS_TOO_MANY'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_webhook_endpoints_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the caller has. If it is still current, the response is 304. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['WebhookEndpoint'];
          };
        };
      };
      /** @description Not modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['WEBHOOKS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_webhook_endpoints_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['WEBHOOKS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  patch_webhook_endpoints_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WebhookEndpointChange'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['WebhookEndpoint'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['WEBHOOKS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_webhook_endpoints_id_rotate_secret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['WebhookEndpointWithSecret'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED.AUTH_RECENT_SIGN_IN_REQUIRED'];
      404: components['responses']['WEBHOOKS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_webhook_endpoints_id_test: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['WebhookDelivery'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['WEBHOOKS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['WEBHOOKS_DISABLED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_webhook_endpoints_id_deliveries: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
        status?: 'pending' | 'delivered' | 'dead';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['WebhookDelivery'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['WEBHOOKS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_webhook_endpoints_id_deliveries_delivery_id_retry: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['WebhookDelivery'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['WEBHOOKS_NOT_FOUND.WEBHOOKS_DELIVERY_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['WEBHOOKS_DISABLED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_payments_webhooks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PaymentNotice'];
      };
    };
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['PAYMENTS_SIGNATURE_REFUSED'];
      404: components['responses']['PAYMENTS_OFF'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_payments_reference: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Payment'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['PAYMENTS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_products: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
        /** @description Searches name, sku and description for all words. Supports "quoted phrases", `or` and `-excluded`. A search of stop words only, such as `the`, matches words of name and sku, and names that start with it. */
        q?: string;
        /** @description In minor units. */
        minPrice?: number;
        /** @description In minor units. */
        maxPrice?: number;
        inStock?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Product'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_products: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewProduct'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Product'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['PRODUCTS_SKU_TAKEN'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_products_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the caller has. If it is still current, the response is 304. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Product'];
          };
        };
      };
      /** @description Not modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      404: components['responses']['PRODUCTS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  delete_products_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['PRODUCTS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  patch_products_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the change is based on. If it is no longer current, the response is 412. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProductChange'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Product'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['PRODUCTS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['PRODUCTS_SKU_TAKEN'];
      412: components['responses']['PRECONDITION_FAILED'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_product_imports: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description At most 20,000,000 bytes, sent within 600 seconds. 408 if no bytes arrive for 10 seconds. */
    requestBody: {
      content: {
        'text/csv': string;
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['ProductImport'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.PRODUCT_IMPORTS_WRONG_HEADER.PRODUCT_IMPORTS_WRONG_ENCODING.PRODUCT_IMPORTS_LINE_TOO_LONG.PRODUCT_IMPORTS_MALFORMED'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_product_imports_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['ProductImport'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['PRODUCT_IMPORTS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_product_imports_id_errors: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['ProductImportError'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['PRODUCT_IMPORTS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_products_reports_prices: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['PriceReport'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_products_reports_prices_id: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['PriceReport'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['PRICE_REPORTS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_orders: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
        status?: 'pending' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Order'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_orders: {
    parameters: {
      query?: never;
      header?: {
        /** @description Use a new random key for each operation, and the same key to retry it. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewOrder'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          /** @description The address of the created resource, if it has one. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Order'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['IDEMPOTENCY_IN_FLIGHT.ORDERS_OUT_OF_STOCK.ORDERS_PRODUCT_GONE.ORDERS_MIXED_CURRENCIES'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      422: components['responses']['IDEMPOTENCY_KEY_REUSED'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_orders_summaries: {
    parameters: {
      query?: {
        page?: number;
        limit?: number;
        cursor?: string;
        sort?: string;
        status?: 'pending' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';
        payment?: 'authorizing' | 'capturing' | 'paid' | 'declined' | 'expired' | 'cancelling' | 'cancelled';
        customerId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['OrderSummary'][];
            meta: {
              pagination: components['schemas']['PageNumbers'] | components['schemas']['CursorPosition'];
            };
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  get_orders_id: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that the caller has. If it is still current, the response is 304. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Order'];
          };
        };
      };
      /** @description Not modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      404: components['responses']['ORDERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_orders_id_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Order'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED'];
      404: components['responses']['ORDERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['ORDERS_NOT_CANCELLABLE'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_orders_id_ship: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Order'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['ORDERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['ORDERS_NOT_SHIPPABLE'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
  post_orders_id_deliver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
            data: components['schemas']['Order'];
          };
        };
      };
      400: components['responses']['VALIDATION_ERROR.MALFORMED_URL.BAD_REQUEST.MALFORMED_JSON'];
      401: components['responses']['UNAUTHENTICATED'];
      403: components['responses']['API_KEYS_ADDRESS_REFUSED.FORBIDDEN.AUTH_MFA_REQUIRED'];
      404: components['responses']['ORDERS_NOT_FOUND'];
      408: components['responses']['REQUEST_TIMEOUT'];
      409: components['responses']['ORDERS_NOT_DELIVERABLE'];
      413: components['responses']['PAYLOAD_TOO_LARGE'];
      415: components['responses']['UNSUPPORTED_MEDIA_TYPE'];
      429: components['responses']['RATE_LIMITED'];
      500: components['responses']['INTERNAL'];
      503: components['responses']['UNAVAILABLE.DEADLINE_EXCEEDED'];
    };
  };
}
