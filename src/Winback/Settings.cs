using Winback.Campaigns;
using Winback.Customers;
using Winback.Hosting;
using Winback.Mail;
using Winback.Outreach;
using Winback.Replies;

namespace Winback;

/// <summary>All settings of the app, each section of its slice, read and checked once at start.</summary>
public sealed record Settings(
    BusinessOptions Business, MailOptions Mail, EngineOptions Engine, SecretOptions Secrets, ApiOptions Api, ReplyOptions Replies, string CampaignFolder)
{
    /// <exception cref="SettingsException">Lists every problem at once.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var settings = new Settings(
            Section<BusinessOptions>("Business"), Section<MailOptions>("Mail"), Section<EngineOptions>("Engine"), Section<SecretOptions>("Secrets"),
            Section<ApiOptions>("Api"), Section<ReplyOptions>("Replies"),
            configuration["CampaignFolder"] is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "campaigns"));
        return problems.Count == 0 ? settings : throw new SettingsException(problems);

        T Section<T>(string name) where T : ICheckedOptions, new()
        {
            var options = new T();
            try
            {
                configuration.GetSection(name).Bind(options);
            }
            catch (InvalidOperationException e)
            {
                // The binder's message names the section, the value and the type that was expected.
                problems.Add($"{e.Message} {e.InnerException?.Message}".Replace(":", "__", StringComparison.Ordinal));
                return options;
            }
            problems.AddRange(options.Problems());
            return options;
        }
    }
}
