namespace Winback.Mail;

public static class MailRegistration
{
    /// <summary>The one sender that <c>Mail__Provider</c> names.</summary>
    public static IServiceCollection AddMailSender(this IServiceCollection services, MailOptions options)
    {
        switch (options.Provider)
        {
            case MailProvider.SendGrid:
                services.AddHttpClient<IMailSender, SendGridMailSender>().AddSendGridPolicies(options);
                break;
            case MailProvider.Smtp:
                services.AddSingleton<IMailSender, SmtpMailSender>();
                break;
            default:
                services.AddSingleton<IMailSender, PickupMailSender>();
                break;
        }
        return services;
    }
}
