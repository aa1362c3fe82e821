namespace Winback.Outreach;

/// <summary>How far a mail came after the provider took it, as the provider tells. A later one in this list says more than an earlier one.</summary>
public enum DeliveryState
{
    /// <summary>The provider is about to deliver it.</summary>
    Processed,

    /// <summary>The other side said "not now"; the provider tries again by itself.</summary>
    Deferred,

    /// <summary>The provider would not try: it knows the address from an earlier bounce or complaint.</summary>
    Dropped,

    /// <summary>The other side refused it, and may take the next.</summary>
    Blocked,

    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>The address takes no mail, which may be told after a delivery.</summary>
    Bounced,

    /// <summary>It was called spam.</summary>
    Complained,
}
