using Winback.Customers;

namespace Winback.Campaigns;

public static class MessageClasses
{
    /// <summary>A lapse has no subject, a renewal has its subscription; so this holds for a campaign that is no longer there.</summary>
    public static MessageClass Of(Anchor anchor) => anchor.Subject.Length == 0 ? MessageClass.Marketing : MessageClass.Service;
}
