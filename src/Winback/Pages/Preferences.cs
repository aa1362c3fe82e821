using Winback.Customers;
using Winback.Replies;

namespace Winback.Pages;

/// <summary>How often a customer wants invitations and offers.</summary>
internal enum Frequency { Keep, Usual, Less, Pause, Stop }

/// <summary>What a customer chose on the page of preferences.</summary>
/// <param name="Language">nl or en.</param>
/// <param name="AskedOn">The local day on which the form was shown: a pause counts from it, so that posting it again does not make it longer.</param>
internal sealed record Preference(Frequency Frequency, string Language, DateOnly AskedOn)
{
    public const int LessOftenDays = 90;
    public const int PauseMonths = 3;

    public DateOnly PausedUntil => AskedOn.AddMonths(PauseMonths);

    /// <summary>Pure. What is so already keeps its date.</summary>
    public Customer On(Customer customer, DateTimeOffset now)
    {
        var (every, until) = Frequency switch
        {
            Frequency.Usual => (0, null),
            Frequency.Less => (LessOftenDays, null),
            Frequency.Pause => (customer.MarketingEveryDays, PausedUntil),
            _ => (customer.MarketingEveryDays, customer.PausedUntil),
        };
        if (every != customer.MarketingEveryDays) customer = customer with { MarketingEveryDays = every, MarketingEveryAt = now };
        // The customer's own word from now on, also where a reply had set it.
        return until != customer.PausedUntil
            ? customer with { PausedUntil = until, PausedAt = now, StoppedBy = customer.StoppedBy.Remove(Stops.Paused) }
            : customer;
    }

    /// <summary>Pure. The language that the page was in anyway is chosen too: from now on no import changes it.</summary>
    public Profile On(Profile profile, DateTimeOffset now) =>
        profile.Language == Language && profile.LanguageChosenAt is not null ? profile : profile with { Language = Language, LanguageChosenAt = now };
}

/// <summary>Puts what a customer chose on the row, before the answer. How often holds for everybody with the same mailbox, as an opt-out does.</summary>
internal sealed class PreferenceBook(ICustomerStore customers, IMailboxStore mailboxes, OptOut optOut, TimeProvider time)
{
    public async Task ApplyAsync(CustomerFile file, Preference preference, CancellationToken cancel)
    {
        var id = file.Customer.Id;
        var mailbox = file.Profile.MailboxKey is { } key ? await mailboxes.FindAsync(key, cancel) : null;
        if (preference.Frequency == Frequency.Stop)
            await optOut.ApplyAsync(file.Profile.MailboxKey, id, Campaigns.MessageClass.Marketing, by: null, cancel);
        await ApplyAsync(id, preference, cancel);
        foreach (var owner in mailbox?.Owners.Remove(id.Value) ?? [])
            await customers.UpdateAsync(CustomerId.Parse(owner), c => preference.On(c, time.GetUtcNow()), cancel);
    }

    private async Task ApplyAsync(CustomerId id, Preference preference, CancellationToken cancel)
    {
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            if (await customers.FindAsync(id, cancel) is not { } now) return;
            var (customer, profile) = (preference.On(now.Customer, time.GetUtcNow()), preference.On(now.Profile, time.GetUtcNow()));
            if (customer == now.Customer && profile == now.Profile) return;
            if (await customers.TryReplaceAsync(now, customer, profile, cancel) is not null) return;
        }
        throw CustomerStoreUpdates.TooBusy(id);
    }
}
