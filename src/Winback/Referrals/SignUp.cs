using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;

namespace Winback.Referrals;

/// <summary>A friend who signs up: an address or a telephone number is there.</summary>
/// <param name="AgreedTo">The wording with which they agreed to mail from the owner; null when they did not.</param>
/// <param name="Language">nl or en; null where that is not known.</param>
public sealed record Friend(string? Name, EmailAddress? Email, PhoneNumber? Phone, string? AgreedTo, string? Language);

public enum SignUpResult
{
    Recorded,

    /// <summary>This friend signed up under this code before.</summary>
    Unchanged,

    /// <summary>Nobody has this code, or nobody can use codes now.</summary>
    NoSuchCode,

    /// <summary>More friends than a customer has signed up under this code.</summary>
    TooMany,
}

/// <summary>Signs friends up, from the page or a form of the owner's own. Who leaves an address is asked by mail whether it was them.</summary>
public sealed class SignUp(
    ReferralOptions options, ICodeStore codes, ICustomerStore customers, IMailboxStore mailboxes, IReferralStore referrals, IReplyQueues queues, MailboxKeys keys,
    TimeProvider time)
{
    /// <summary>In the time for which a referral is valid. The form is open to everybody, so that somebody will fill it in by machine.</summary>
    public const int MaxPerCustomer = 200;

    /// <returns>Whose code it is; null when nobody's, or of one who is gone.</returns>
    public async Task<CustomerFile?> ReferrerAsync(string code, CancellationToken cancel)
    {
        if (!options.Enabled || code.Trim() is not { Length: >= 2 and <= 32 } trimmed || !trimmed.All(char.IsAsciiLetterOrDigit)) return null;
        if (await codes.FindAsync(CodeKind.Referral, trimmed, cancel) is not { } owner) return null;
        return await customers.FindAsync(owner.Customer, cancel) is { Customer: { ErasedAt: null, DeceasedAt: null } } file ? file : null;
    }

    /// <summary>The first time counts: the same friend under the same code again changes nothing.</summary>
    public async Task<SignUpResult> RecordAsync(string code, Friend friend, CancellationToken cancel)
    {
        if (await ReferrerAsync(code, cancel) is not { } referrer) return SignUpResult.NoSuchCode;
        var now = time.GetUtcNow();
        var key = friend.Email is { } email ? keys.KeyOf(email) : keys.KeyOfPhone(friend.Phone!.Value.Key);
        if (await referrals.FindAsync(referrer.Customer.Id, key, cancel) is { Referral: var before })
        {
            // Stopped in between, a repeated post completes what is missing.
            await AskAsync(before, cancel);
            return SignUpResult.Unchanged;
        }
        if (await referrals.OfAsync(referrer.Customer.Id, cancel).CountAsync(f => f.Referral.ReceivedAt > now - options.ValidFor, cancel) >= MaxPerCustomer)
            return SignUpResult.TooMany;
        var referral = new Referral(referrer.Customer.Id, key, now)
        {
            Name = friend.Name is { } name && MailPlaceholders.OneLine(name) is { Length: > 0 } line ? line : null,
            Email = friend.Email?.Value,
            Phone = friend.Phone?.Text,
            Language = friend.Language,
            WasKnown = await mailboxes.FindAsync(key, cancel) is { Owners.Count: > 0 },
            Consent = friend.AgreedTo is { } wording ? new FriendConsent(now, wording) : null,
        };
        var isNew = await referrals.TryAddAsync(referral, cancel);
        await AskAsync(referral, cancel);
        return isNew ? SignUpResult.Recorded : SignUpResult.Unchanged;
    }

    private async Task AskAsync(Referral referral, CancellationToken cancel)
    {
        if (referral is { Email: not null, Asked: null })
            await queues.SendAsync(new FollowUpMessage(referral.Referrer.Value, null, Friend: referral.FriendKey), TimeSpan.Zero, cancel);
    }
}
