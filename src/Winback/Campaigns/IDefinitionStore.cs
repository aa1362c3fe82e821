namespace Winback.Campaigns;

/// <summary>What every campaign said when it decided something, by content hash.</summary>
public interface IDefinitionStore
{
    /// <summary>Keeping the same again changes nothing.</summary>
    Task KeepAsync(Campaign campaign, CancellationToken cancel);
}
