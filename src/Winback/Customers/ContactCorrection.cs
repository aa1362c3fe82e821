namespace Winback.Customers;

/// <summary>
/// What a customer told us of how to reach him. It goes before what files say: what it replaces is remembered, so that a file that still says it
/// is not believed, and one that says something new is.
/// </summary>
/// <param name="WrongPhone">Somebody else answered there.</param>
/// <param name="Phone">Call there from now on.</param>
/// <param name="Email">Write there from now on; a usable address.</param>
public sealed record ContactCorrection(string? WrongPhone = null, string? Phone = null, string? Email = null)
{
    /// <summary>Marks what holds no more; the new address and number are then taken as an import's are. Twice it changes nothing. Pure.</summary>
    public Profile Mark(Profile profile)
    {
        var marked = profile;
        if (WrongPhone is { } wrong)
        {
            if (!marked.IsFormerPhone(wrong)) marked = marked with { FormerPhones = marked.FormerPhones.Add(wrong) };
            if (marked.Phone is { } known && Contacts.IsSamePhone(known, wrong)) marked = marked with { Phone = null };
        }
        if (Phone is { } phone)
        {
            if (marked.Phone is { } old && !Contacts.IsSamePhone(old, phone)) marked = marked with { FormerPhones = marked.FormerPhones.Add(old) };
            if (marked.IsFormerPhone(phone)) marked = marked with { FormerPhones = marked.FormerPhones.RemoveAll(p => Contacts.IsSamePhone(p, phone)) };
        }
        if (Email is { } email)
        {
            if (marked.Email is { } old && !Contacts.IsSameEmail(old, email)) marked = marked with { FormerEmails = marked.FormerEmails.Add(old) };
            if (marked.IsFormerEmail(email)) marked = marked with { FormerEmails = marked.FormerEmails.RemoveAll(e => Contacts.IsSameEmail(e, email)) };
        }
        return marked;
    }
}

/// <summary>When two ways to write an address or a number mean the same. Pure.</summary>
public static class Contacts
{
    public static bool IsFormerEmail(this Profile profile, string email) => profile.FormerEmails.Any(e => IsSameEmail(e, email));

    public static bool IsFormerPhone(this Profile profile, string phone) => profile.FormerPhones.Any(p => IsSamePhone(p, phone));

    public static bool IsSameEmail(string one, string other) => string.Equals(Normal(one), Normal(other), StringComparison.OrdinalIgnoreCase);

    public static bool IsSamePhone(string one, string other) => one.Trim() == other.Trim() || PhoneNumber.AreSame(one, other);

    private static string Normal(string email) => EmailAddress.TryParse(email, out var address, out _) ? address.Value : email.Trim();
}
