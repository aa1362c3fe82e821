using System.Collections.Immutable;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Intake;

/// <summary>
/// Takes in customers, purchases and subscriptions, from a file or one at a time. Everything may come twice and in any order:
/// facts are written under deterministic keys first, then what follows from them is recomputed on the customer row.
/// </summary>
public sealed class CustomerBook(
    ICustomerStore customers, IMailboxStore mailboxes, IFactStore facts, Attribution attribution, MailboxKeys keys, OwnerClock clock)
    : IImportTarget
{
    private const int KeptSubscriptions = 20;
    private const int EndedSubscriptionDays = 60;

    public async Task<IReadOnlyList<RowOutcome>> ApplyAsync(CustomerId customer, IReadOnlyList<ImportedRow> rows, CancellationToken cancel)
    {
        var outcomes = new List<RowOutcome>();
        if (rows.OfType<CustomerRow>().ToList() is { Count: > 0 } people) outcomes.AddRange(await ApplyCustomerAsync(customer, people, cancel));
        if (rows.OfType<PurchaseRow>().Select(r => r.Purchase).ToList() is { Count: > 0 } sales) outcomes.AddRange(await AddPurchasesAsync(customer, sales, cancel));
        if (rows.OfType<SubscriptionRow>().Select(r => r.Subscription).ToList() is { Count: > 0 } plans) outcomes.AddRange(await PutSubscriptionsAsync(customer, plans, cancel));
        return outcomes;
    }

    /// <summary>Adds sales of a customer; a repeated one is unchanged, one of an unknown customer is parked.</summary>
    public async Task<IReadOnlyList<RowOutcome>> AddPurchasesAsync(CustomerId customer, IReadOnlyList<Purchase> purchases, CancellationToken cancel)
    {
        var known = (await facts.PurchasesAsync(customer, cancel)).Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        await facts.AddPurchasesAsync(customer, [.. purchases.Where(p => !known.Contains(p.Key))], cancel);
        var isKnown = await RecomputeOrParkAsync(customer, RecomputeVisitsAsync, cancel);
        return [.. purchases.Select(p => !known.Add(p.Key) ? RowOutcome.Unchanged : isKnown ? RowOutcome.Added : RowOutcome.Parked)];
    }

    /// <summary>Takes in what a customer told us of how to reach him. Imports that still say what was wrong are not believed from here on.</summary>
    public async Task CorrectAsync(CustomerId customer, ContactCorrection correction, CancellationToken cancel)
    {
        if (await customers.FindAsync(customer, cancel) is null) return;
        await ApplyCustomerAsync(customer, [new CustomerRow(customer, null, null, correction.Email, correction.Phone, null, null)], cancel, correction);
    }

    private async Task<IReadOnlyList<RowOutcome>> PutSubscriptionsAsync(
        CustomerId customer, IReadOnlyList<Subscription> subscriptions, CancellationToken cancel)
    {
        var before = (await facts.SubscriptionsAsync(customer, cancel)).ToDictionary(s => s.Number, StringComparer.Ordinal);
        var after = new Dictionary<string, Subscription>(before, StringComparer.Ordinal);
        var outcomes = new List<RowOutcome>();
        foreach (var s in subscriptions)
        {
            outcomes.Add(!after.TryGetValue(s.Number, out var old) ? RowOutcome.Added : old == s ? RowOutcome.Unchanged : RowOutcome.Changed);
            after[s.Number] = s;
        }
        var changed = after.Values.Where(s => before.GetValueOrDefault(s.Number) != s).ToDictionary(s => s.Number, StringComparer.Ordinal);
        outcomes = [.. outcomes.Zip(subscriptions, (outcome, s) => changed.ContainsKey(s.Number) ? outcome : RowOutcome.Unchanged)];
        await facts.PutSubscriptionsAsync(customer, [.. changed.Values], cancel);
        var isKnown = await RecomputeOrParkAsync(customer, RecomputeSubscriptionsAsync, cancel);
        return isKnown ? outcomes : [.. outcomes.Select(o => o == RowOutcome.Unchanged ? o : RowOutcome.Parked)];
    }

    private async Task<IReadOnlyList<RowOutcome>> ApplyCustomerAsync(
        CustomerId id, IReadOnlyList<CustomerRow> rows, CancellationToken cancel, ContactCorrection? correction = null)
    {
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            var file = await customers.FindAsync(id, cancel);
            var (outcomes, customer, profile) = Fold(id, file, rows, correction);
            if (file is null)
            {
                if (!await customers.TryAddAsync(customer, profile, cancel)) continue;
            }
            else if ((customer != file.Customer || profile != file.Profile) && await customers.TryReplaceAsync(file, customer, profile, cancel) is null)
            {
                continue;
            }
            await JoinMailboxAsync(id, file?.Profile.MailboxKey, profile.MailboxKey, cancel);
            if (correction?.Email is not null) await LeaveFormerMailboxesAsync(id, profile, cancel);
            if (await facts.IsParkedAsync(id, cancel)) await UnparkAsync(id, cancel);
            return outcomes;
        }
        throw CustomerStoreUpdates.TooBusy(id);
    }

    /// <summary>
    /// Field by field, the later row wins; an empty cell says nothing, but for the permission. A language that the customer chose stays. The customer exception never goes against what a
    /// column said, whichever of them comes first.
    /// </summary>
    private (IReadOnlyList<RowOutcome> Outcomes, Customer Customer, Profile Profile) Fold(
        CustomerId id, CustomerFile? file, IReadOnlyList<CustomerRow> rows, ContactCorrection? correction)
    {
        var (oldCustomer, oldProfile) = (file?.Customer ?? new Customer { Id = id }, file?.Profile ?? new Profile());
        var (customer, profile) = (oldCustomer, correction?.Mark(oldProfile) ?? oldProfile);
        var outcomes = new List<RowOutcome>();
        foreach (var row in rows)
        {
            var (newCustomer, newProfile) = Fold(customer, profile, row);
            outcomes.Add(file is null && outcomes.Count == 0 ? RowOutcome.Added
                : newProfile == profile && newCustomer == customer ? RowOutcome.Unchanged : RowOutcome.Changed);
            (customer, profile) = (newCustomer, newProfile);
        }
        // Rows that contradict each other and end where they began, as when their file comes again, change nothing.
        if (file is not null && customer == oldCustomer && profile == oldProfile) return ([.. rows.Select(_ => RowOutcome.Unchanged)], customer, profile);
        // What the old address refused says nothing about the new one, nor what its provider told of it.
        if (profile.MailboxKey != oldProfile.MailboxKey) customer = customer.RetryFailed() with { Suppressed = null, SuppressedAt = null };
        if (profile.PermissionSource != oldProfile.PermissionSource || customer.MarketingPermission != oldCustomer.MarketingPermission)
            profile = profile with { PermissionSince = clock.Now.Today };
        return (outcomes, customer, profile);
    }

    private (Customer, Profile) Fold(Customer customer, Profile profile, CustomerRow row)
    {
        var email = row.Email is { } told && !profile.IsFormerEmail(told) ? told : profile.Email;
        var usable = EmailAddress.TryParse(email, out var address, out _);
        var says = row.Permission is not null && (row.Source == PermissionSource.Column || profile.PermissionSource != PermissionSource.Column);
        return (
            customer with { HasUsableAddress = usable, MarketingPermission = says ? row.Permission!.Value : customer.MarketingPermission },
            profile with
            {
                Name = row.Name ?? profile.Name,
                FirstName = row.FirstName ?? profile.FirstName,
                Email = usable ? address.Value : email,
                Phone = row.Phone is { } phone && !profile.IsFormerPhone(phone) ? phone : profile.Phone,
                Language = profile.LanguageChosenAt is null ? row.Language ?? profile.Language : profile.Language,
                MailboxKey = usable ? keys.KeyOf(address) : null,
                AccountManager = row.AccountManager ?? profile.AccountManager,
                PermissionSource = says ? row.Source : profile.PermissionSource,
            });
    }

    /// <summary>
    /// After the customer row is written: of two customers who get the same mailbox at once, the later to join sees the other and marks both.
    /// </summary>
    private async Task JoinMailboxAsync(CustomerId id, string? oldKey, string? key, CancellationToken cancel)
    {
        if (oldKey is not null && oldKey != key) await LeaveMailboxAsync(id, oldKey, cancel);
        if (key is null) return;
        var mailbox = await mailboxes.UpdateAsync(key, m => m.Join(id), cancel);
        if (mailbox.Owners.Count == 1 && mailbox is { OptedOutAt: null, ServiceOptedOutAt: null, Suppression: null }) return;
        var preferring = await PreferringAsync(mailbox.Owners.Remove(id.Value), cancel);
        foreach (var owner in mailbox.Owners.Add(id.Value))
            await customers.UpdateAsync(CustomerId.Parse(owner), c => WithPreference(WithMailbox(c, mailbox), preferring), cancel);
    }

    /// <summary>A correction that was stopped after it changed the row comes again: then the row does not tell any more what was left.</summary>
    private async Task LeaveFormerMailboxesAsync(CustomerId id, Profile profile, CancellationToken cancel)
    {
        foreach (var former in profile.FormerEmails)
            if (EmailAddress.TryParse(former, out var address, out _) && keys.KeyOf(address) is var left && left != profile.MailboxKey)
                await LeaveMailboxAsync(id, left, cancel);
    }

    private async Task LeaveMailboxAsync(CustomerId id, string key, CancellationToken cancel) =>
        await mailboxes.UpdateAsync(key, m => m.Owners.Contains(id.Value) ? m with { Owners = m.Owners.Remove(id.Value) } : m, cancel);

    /// <summary>Who of them was the last to say how often they want to be invited; null when nobody did.</summary>
    private async Task<Customer?> PreferringAsync(IEnumerable<string> owners, CancellationToken cancel)
    {
        var said = new List<Customer>();
        foreach (var owner in owners)
            if (await customers.FindAsync(CustomerId.Parse(owner), cancel) is { Customer: var customer } && PreferredAt(customer) is not null) said.Add(customer);
        return said.MaxBy(PreferredAt);
    }

    private static DateTimeOffset? PreferredAt(Customer c) => c.PausedAt > c.MarketingEveryAt ? c.PausedAt : c.MarketingEveryAt ?? c.PausedAt;

    /// <summary>How often holds for everybody with the same mailbox: also for who comes to it later and said nothing of it.</summary>
    private static Customer WithPreference(Customer c, Customer? preferring) => preferring is null || PreferredAt(c) is not null ? c : c with
    {
        PausedUntil = preferring.PausedAt is null ? c.PausedUntil : preferring.PausedUntil,
        PausedAt = preferring.PausedAt,
        MarketingEveryDays = preferring.MarketingEveryDays,
        MarketingEveryAt = preferring.MarketingEveryAt,
    };

    /// <summary>What was said through one customer of a mailbox holds for all of them.</summary>
    private static Customer WithMailbox(Customer c, Mailbox mailbox)
    {
        var changed = c with
        {
            // With the reply that said so: when that was misread, it is lifted here, too.
            StoppedBy = StoppedBy(c, mailbox),
            SharesMailbox = mailbox.Owners.Count > 1,
            OptedOutAt = c.OptedOutAt ?? mailbox.OptedOutAt,
            ServiceOptedOutAt = c.ServiceOptedOutAt ?? mailbox.ServiceOptedOutAt,
            Suppressed = c.Suppressed ?? mailbox.Suppression?.Why,
            SuppressedAt = c.Suppressed is null ? mailbox.Suppression?.Since : c.SuppressedAt,
        };
        return changed == c ? c : changed;
    }

    private static ImmutableDictionary<string, string> StoppedBy(Customer c, Mailbox mailbox)
    {
        var stopped = c.StoppedBy;
        if (c.OptedOutAt is null && mailbox.StoppedBy.TryGetValue(Stops.OptOut, out var by)) stopped = stopped.SetItem(Stops.OptOut, by);
        if (c.ServiceOptedOutAt is null && mailbox.StoppedBy.TryGetValue(Stops.ServiceOptOut, out by)) stopped = stopped.SetItem(Stops.ServiceOptOut, by);
        return stopped;
    }

    /// <summary>Facts are there already. Parks before it looks again, as the customer's import looks for parked facts after it writes.</summary>
    private async Task<bool> RecomputeOrParkAsync(CustomerId id, Func<CustomerId, CancellationToken, Task<bool>> recompute, CancellationToken cancel)
    {
        if (await recompute(id, cancel)) return true;
        await facts.ParkAsync(id, cancel);
        if (await customers.FindAsync(id, cancel) is null) return false;
        await UnparkAsync(id, cancel);
        return true;
    }

    private async Task UnparkAsync(CustomerId id, CancellationToken cancel)
    {
        await RecomputeVisitsAsync(id, cancel);
        await RecomputeSubscriptionsAsync(id, cancel);
        await facts.UnparkAsync(id, cancel);
    }

    private async Task<bool> RecomputeVisitsAsync(CustomerId id, CancellationToken cancel)
    {
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            // The row first, then the facts: who writes last has seen every fact that an earlier writer saw.
            if (await customers.FindAsync(id, cancel) is not { } file) return false;
            var summary = VisitRule.Summarise(await facts.PurchasesAsync(id, cancel));
            var changed = file.Customer with { LastVisit = summary.LastVisit, Visits = summary.Visits, Revenue = summary.Revenue };
            if (changed.Marketing is { IsActive: true } active && summary.LastVisit >= active.Started)
                changed = changed.End(MessageClass.Marketing, EnrolmentEnd.Purchase);
            if (changed != file.Customer && await customers.TryReplaceAsync(file, changed, file.Profile, cancel) is null) continue;
            await attribution.AttributeAsync(changed, cancel);
            return true;
        }
        throw CustomerStoreUpdates.TooBusy(id);
    }

    private async Task<bool> RecomputeSubscriptionsAsync(CustomerId id, CancellationToken cancel)
    {
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            if (await customers.FindAsync(id, cancel) is not { } file) return false;
            // Long ended ones say nothing to the rule; the row stays lean.
            var oldest = clock.Now.Today.AddDays(-EndedSubscriptionDays);
            var kept = (await facts.SubscriptionsAsync(id, cancel)).Where(s => s.AutoRenews || s.RenewalDate >= oldest)
                .OrderByDescending(s => s.RenewalDate).ThenBy(s => s.Number, StringComparer.Ordinal).Take(KeptSubscriptions).ToImmutableArray();
            if (kept.SequenceEqual(file.Customer.Subscriptions)) return true;
            if (await customers.TryReplaceAsync(file, file.Customer with { Subscriptions = kept }, file.Profile, cancel) is not null) return true;
        }
        throw CustomerStoreUpdates.TooBusy(id);
    }
}
