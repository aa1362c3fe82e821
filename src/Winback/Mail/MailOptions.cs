using Winback.Customers;
using Winback.Hosting;

namespace Winback.Mail;

public enum MailProvider { SendGrid = 1, Smtp, Pickup }

public enum SmtpSecurity { None, Auto, StartTls, Tls }

/// <summary>Settings under <c>Mail</c>: how mail leaves.</summary>
public sealed class MailOptions : ICheckedOptions
{
    /// <summary>SendGrid, Smtp or Pickup (files in a folder, for trial). Required.</summary>
    public MailProvider Provider { get; set; }

    /// <summary>The sender's address, of a domain whose SPF and DKIM allow the provider. Required.</summary>
    public string From { get; set; } = "";

    /// <summary>The domain whose mail comes in at <c>/api/replies/inbound</c>; reply addresses are made in it. Default: the domain of From.</summary>
    public string? ReplyDomain { get; set; }

    /// <summary>How long one attempt may take before its outcome is unknown. 1 second to 2 minutes. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>SendGrid's API key. Required for SendGrid.</summary>
    [Secret]
    public string SendGridApiKey { get; set; } = "";

    /// <summary>SendGrid's address; <c>https://api.eu.sendgrid.com</c> for an EU subuser. Default <c>https://api.sendgrid.com</c>.</summary>
    public string SendGridUrl { get; set; } = "https://api.sendgrid.com";

    /// <summary>The SMTP server. Required for Smtp.</summary>
    public string SmtpHost { get; set; } = "";

    /// <summary>1 to 65535. Default 587.</summary>
    public int SmtpPort { get; set; } = 587;

    /// <summary>None, Auto, StartTls or Tls. Default Auto: STARTTLS where the server offers it.</summary>
    public SmtpSecurity SmtpSecurity { get; set; } = SmtpSecurity.Auto;

    /// <summary>Who logs in. Default empty: for a server without login.</summary>
    public string SmtpUser { get; set; } = "";

    /// <summary>Goes with SmtpUser. Default empty.</summary>
    [Secret]
    public string SmtpPassword { get; set; } = "";

    /// <summary>Where Pickup writes one .eml file per mail. Required for Pickup.</summary>
    public string PickupFolder { get; set; } = "";

    public EmailAddress FromAddress => EmailAddress.Parse(From);

    public string ReplyDomainOrDefault => string.IsNullOrWhiteSpace(ReplyDomain) ? FromAddress.Domain : ReplyDomain.Trim().ToLowerInvariant();

    public IEnumerable<string> Problems()
    {
        if (!EmailAddress.TryParse(From, out _, out var problem)) yield return $"Mail__From: {problem}; set the sender's address, for instance hello@your-domain.nl";
        if (ReplyDomain is { Length: > 0 } && !EmailAddress.TryParse("r@" + ReplyDomain.Trim(), out _, out _))
            yield return "Mail__ReplyDomain: is not a domain name; write for instance reply.your-domain.nl";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2)) yield return "Mail__Timeout: must be 00:00:01 to 00:02:00";
        switch (Provider)
        {
            case MailProvider.SendGrid:
                if (string.IsNullOrWhiteSpace(SendGridApiKey)) yield return "Mail__SendGridApiKey: is missing; make a key with the Mail Send permission";
                if (!Uri.TryCreate(SendGridUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) yield return "Mail__SendGridUrl: is not a web address";
                break;
            case MailProvider.Smtp:
                if (string.IsNullOrWhiteSpace(SmtpHost)) yield return "Mail__SmtpHost: is missing; set the name of the SMTP server";
                if (!Enum.IsDefined(SmtpSecurity)) yield return "Mail__SmtpSecurity: is unknown; set None, Auto, StartTls or Tls";
                if (SmtpPort is < 1 or > 65535) yield return $"Mail__SmtpPort: {SmtpPort} is out of range; 1 to 65535";
                break;
            case MailProvider.Pickup:
                if (string.IsNullOrWhiteSpace(PickupFolder)) yield return "Mail__PickupFolder: is missing; set the folder that mails are written to";
                break;
            default:
                yield return "Mail__Provider: is missing or unknown; set SendGrid, Smtp or Pickup";
                break;
        }
    }
}
