namespace Winback.Outreach;

/// <summary>Gives customers the codes that are theirs: for the same thing always the same one.</summary>
public sealed class PersonalCodes(ICodeStore codes, Links links)
{
    private const int MaxTries = 5;

    /// <summary>Another one when somebody else has it, which is rare with 2^40 of them.</summary>
    /// <param name="of">What it stands for.</param>
    public async Task<string> RegisterAsync(CodeKind kind, string of, CodeOwner owner, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var code = links.Code(kind.ToString(), of, attempt);
            var registered = await codes.RegisterAsync(kind, code, owner, cancel);
            if (registered.Customer == owner.Customer && registered.Campaign == owner.Campaign) return code;
        }
        throw new InvalidOperationException($"No free {kind} code for customer {owner.Customer}.");
    }
}
