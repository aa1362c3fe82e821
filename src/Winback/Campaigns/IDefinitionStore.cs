namespace Winback.Campaigns;

/// <summary>What every campaign said when it decided something, by content hash, and which of it was published when.</summary>
public interface IDefinitionStore
{
    /// <summary>Keeping the same again changes nothing.</summary>
    /// <exception cref="CampaignException">They are too large to be kept.</exception>
    Task KeepAsync(CampaignFiles files, CancellationToken cancel);

    /// <exception cref="InvalidDataException">What is kept there cannot be read.</exception>
    Task<CampaignFiles?> FindAsync(string campaign, string version, CancellationToken cancel);

    /// <summary>A definition is kept before it is published.</summary>
    Task AddAsync(Publication publication, CancellationToken cancel);

    /// <summary>All there ever were, in any order: a few rows per campaign.</summary>
    Task<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancel);
}
