namespace Winback.Campaigns;

/// <summary>By what a step reaches a customer.</summary>
public enum Channel
{
    Mail,

    /// <summary>A call that the owner makes: the step comes onto the call sheet.</summary>
    Phone,
}
