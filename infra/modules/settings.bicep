// What an owner may decide: the app's settings by their own names. docs/settings.md says what each means, its range and its default.

@export()
@sealed()
@description('Settings of the app. One that is absent or empty keeps the app\'s default.')
type ownerSettings = {
  @description('The name that customers know.')
  @minLength(1)
  Business__Name: string
  @description('Postal address, in every mail.')
  @minLength(1)
  Business__PostalAddress: string
  @description('Where the buttons in mails lead, unless a campaign has its own returnUrl.')
  @minLength(1)
  Business__Website: string
  @description('Telephone number, in mails and on pages.')
  Business__Phone: string?
  @description('A picture at the head of every mail, 40 pixels high, in place of the name in letters; a wide PNG of at least 80 pixels high that can be read on white and on near-black.')
  Business__LogoUrl: string?
  @description('The colour of buttons and links in mails, as #rrggbb; made darker or lighter where it could not be read.')
  Business__AccentColour: string?
  @description('ISO 4217 code of the currency in which mails name amounts.')
  Business__Currency: string?
  @description('nl or en, for customers whose language is not known.')
  Business__Language: string?
  @description('IANA name of the time zone in which days and send windows are counted.')
  Business__TimeZone: string?
  @description('Where customers reach the app from a mail, without /api, if not at customDomain or the address that Azure gives.')
  Business__PublicBaseUrl: string?
  @description('The sender\'s address, of a domain whose SPF and DKIM allow the provider.')
  @minLength(1)
  Mail__From: string
  @description('The domain whose mail comes in at /api/replies/inbound; reply addresses are made in it.')
  Mail__ReplyDomain: string?
  @description('How long one attempt may take before its outcome is unknown.')
  Mail__Timeout: string?
  @description('SendGrid\'s address; https://api.eu.sendgrid.com for an EU subuser.')
  Mail__SendGridUrl: string?
  @description('The frequency cap: the least time between two marketing enrolments of one mailbox.')
  Engine__MarketingCap: string?
  @description('A claim older than this that nobody completed is uncertain.')
  Engine__ClaimTimeout: string?
  @description('Public keys of SendGrid\'s signature over inbound posts (base64, as its settings page shows it), for an account that signs them.')
  Replies__InboundPublicKeys__0: string?
  @description('How long nothing is sent to a customer who replied.')
  Replies__HoldFor: string?
  @description('How long a complaint may be open before it is escalated.')
  Replies__SolveWithin: string?
  @description('After how many months a customer whose situation changed may be asked again.')
  Replies__AskAgainAfterMonths: string?
  @description('Whether customers are answered by the app itself: an apology, a way back, thanks.')
  Replies__AnswerByItself: string?
  @description('Who is mailed at once about complaints and questions, where the customer has no account manager.')
  Replies__OwnerEmail: string?
  @description('Who is mailed about a complaint that is not solved in time.')
  Replies__EscalateTo: string?
  @description('From how much revenue on, in whole units of Business__Currency, a customer who answered none of a campaign\'s mails is to be called.')
  Calls__HighValue: string?
  @description('How long after the last mail of a campaign without an answer such a customer comes onto the sheet.')
  Calls__UnansweredFor: string?
  @description('SendGrid\'s verification keys for /api/mail/events, as SendGrid shows them.')
  MailEvents__PublicKeys__0: string?
  @description('Whether customers can refer friends.')
  Referrals__Enabled: string?
  @description('What the customer gets for a friend, in Business__Currency.')
  Referrals__ReferrerReward: string?
  @description('What the friend gets, in Business__Currency.')
  Referrals__FriendReward: string?
  @description('How long a purchase can be given back; rewards are earned on the day after.')
  Referrals__RefundPeriod: string?
  @description('How long after signing up the friend\'s first purchase counts.')
  Referrals__ValidFor: string?
  @description('For how many friends a customer is rewarded in a calendar year; friends get theirs all the same.')
  Referrals__MaxPerYear: string?
  @description('Whether the friend\'s page says the first name of the customer who invites.')
  Referrals__ShowReferrer: string?
  @description('Which part of the enrolments and of the scans is traced, 0 to 1.')
  Telemetry__SampleRatio: string?
}
