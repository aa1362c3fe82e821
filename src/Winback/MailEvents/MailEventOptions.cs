using Winback.Hosting;

namespace Winback.MailEvents;

/// <summary>Settings under <c>MailEvents</c>.</summary>
public sealed class MailEventOptions : ICheckedOptions
{
    /// <summary>
    /// SendGrid's verification keys for <c>/api/mail/events</c>, as SendGrid shows them. Any of them is accepted: put a new one beside the old when
    /// you make a new webhook. Default none: the route then answers 401.
    /// </summary>
    public IList<string> PublicKeys { get; } = [];

    public IEnumerable<string> Problems()
    {
        for (var i = 0; i < PublicKeys.Count; i++)
        {
            if (!WebhookSignature.IsKey(PublicKeys[i]))
                yield return $"MailEvents__PublicKeys__{i}: is not a verification key; copy it from SendGrid, under Event Webhook, where signature verification is switched on";
        }
    }
}
