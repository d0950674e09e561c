import { authScheme } from '../../http/envelope.ts';
import { toUserView } from '../users/index.ts';
import type { AdmissionView, RefreshedView, SessionView, SignedInView } from './auth.validation.ts';
import type { Session } from './session.model.ts';
import type { Admission, SignedIn } from './sign-in.ts';

/** Returns the access token and its lifetime. The refresh token is only sent as a cookie. */
export const toRefreshedView = (accessToken: string, expiresIn: number): RefreshedView => ({
  accessToken,
  tokenType: authScheme,
  expiresIn,
});

export const toSignedInView = ({ user, accessToken }: SignedIn, expiresIn: number): SignedInView => ({
  user: toUserView(user),
  ...toRefreshedView(accessToken, expiresIn),
});

export const toAdmissionView = (admission: Admission, expiresIn: number): AdmissionView =>
  'mfaToken' in admission
    ? { mfaRequired: true, mfaToken: admission.mfaToken }
    : toSignedInView(admission, expiresIn);

export const toSessionView = (session: Session, currentId: string | null): SessionView => ({
  id: session.id,
  device: session.userAgent,
  ip: session.ip,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  current: session.id === currentId,
});
