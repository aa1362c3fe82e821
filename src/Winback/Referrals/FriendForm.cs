using Winback.Customers;

namespace Winback.Referrals;

/// <summary>What is wrong with a field of the form.</summary>
/// <param name="Field">name, email or phone.</param>
/// <param name="Kind">For a page to say it in the friend's language.</param>
public sealed record FriendProblem(string Field, FriendProblemKind Kind, string Problem);

public enum FriendProblemKind { TooLong, NoContact, BadEmail, BadPhone }

/// <summary>What a friend filled in, on the page or in JSON; all of it may be missing or nonsense.</summary>
public sealed record FriendForm(string? Name = null, string? Email = null, string? Phone = null)
{
    public const int MaxName = 100;
    public const int MaxEmail = 254;
    public const int MaxWording = 500;

    /// <summary>At most one per field.</summary>
    public IEnumerable<FriendProblem> Problems
    {
        get
        {
            if (Name?.Length > MaxName) yield return new("name", FriendProblemKind.TooLong, $"at most {MaxName} characters");
            if (string.IsNullOrWhiteSpace(Email) && string.IsNullOrWhiteSpace(Phone))
                yield return new("email", FriendProblemKind.NoContact, "an address or a telephone number is required");
            if (!string.IsNullOrWhiteSpace(Email) && !EmailAddress.TryParse(Email, out _, out var problem)) yield return new("email", FriendProblemKind.BadEmail, problem);
            if (!string.IsNullOrWhiteSpace(Phone) && !PhoneNumber.TryParse(Phone, out _, out problem)) yield return new("phone", FriendProblemKind.BadPhone, problem);
        }
    }

    /// <summary>Only of a form without problems.</summary>
    /// <param name="agreedTo">The wording of the consent that was given; null for none.</param>
    /// <param name="language">nl or en; null where that is not known.</param>
    public Friend ToFriend(string? agreedTo, string? language) => new(
        Name,
        EmailAddress.TryParse(Email, out var email, out _) ? email : null,
        PhoneNumber.TryParse(Phone, out var phone, out _) ? phone : null,
        agreedTo, language);
}
