using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Mail;
using Winback.Outreach;
using Winback.Replies.Answers;

namespace Winback.Referrals;

/// <summary>
/// Makes the mail that asks a friend whether it was them who signed up. It says nothing that was filled in, not even the name: whoever did that could
/// write to anybody with it. The same for the same sign-up on the same day.
/// </summary>
public sealed class FriendMails(AnswerTexts texts, Links links, BusinessOptions business, MailOptions mailOptions, ReferralOptions options)
{
    /// <param name="referral">With an address.</param>
    /// <param name="referrer">Null when that customer is gone.</param>
    public OutgoingMail Compose(Referral referral, CustomerFile? referrer, DateOnly today)
    {
        var invitation = Invitation.Of(referral.Language ?? business.Language, referrer, business, options);
        var unsubscribe = links.Unsubscribe(new UnsubscribeLink(null, MessageClass.Marketing, referral.FriendKey));
        var rendered = texts.RenderToFriend(invitation.Language, new MailModel(
            MessageClass.Service, new MailCustomer(null, null), MailModels.Of(business), 0, Offer: null, Subscription: null,
            new MailLinks(new Uri(unsubscribe), Pages: null, ReturnUrl: null, ReferralUrl: null, ReferralCode: null))
        {
            Invitation = new MailInvitation(
                invitation.Referrer, invitation.FriendReward, options.RefundPeriod.Days, options.ValidFor.Days,
                new Uri(links.Friend(referral.FriendKey, referral.Id, today))),
        });
        var owner = new MailParty(business.Name, mailOptions.FromAddress);
        return new OutgoingMail(
            $"friend.{referral.Id}@{mailOptions.FromAddress.Domain}", owner, new MailParty(null, EmailAddress.Parse(referral.Email)), owner,
            rendered.Subject, rendered.Html, rendered.Text,
            new Dictionary<string, string>
            {
                ["List-Unsubscribe"] = $"<{unsubscribe}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
                // RFC 3834 5: so that no machine answers it.
                ["Auto-Submitted"] = "auto-generated",
            },
            new Dictionary<string, string> { ["referral"] = referral.Id, ["for"] = "friend" });
    }
}
