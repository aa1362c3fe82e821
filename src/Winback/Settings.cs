using System.Reflection;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Hosting;
using Winback.Mail;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies;
using Winback.Storage;
using Winback.Telemetry;

namespace Winback;

/// <summary>All settings of the app, each section of its slice, read and checked once at start.</summary>
public sealed record Settings(
    BusinessOptions Business, MailOptions Mail, EngineOptions Engine, SecretOptions Secrets, ApiOptions Api, ReplyOptions Replies, CallOptions Calls, MailEventOptions MailEvents,
    ReferralOptions Referrals, TelemetryOptions Telemetry, string CampaignFolder)
{
    /// <param name="isNeeded">
    /// Whether a problem with this setting is one, by its name as in the environment; the others keep their defaults and whoever uses them fails.
    /// Null for the app, which needs all.
    /// </param>
    /// <exception cref="SettingsException">Lists every problem at once.</exception>
    public static Settings Read(IConfiguration configuration, Func<string, bool>? isNeeded = null)
    {
        var (settings, problems) = Examine(configuration);
        var needed = isNeeded is null ? problems : [.. problems.Where(p => isNeeded(p.Split(':')[0]))];
        return needed.Count == 0 ? settings : throw new SettingsException(needed);
    }

    /// <returns>The settings as far as they can be read, and all that is wrong with them; each problem begins with the setting's name and a colon.</returns>
    public static (Settings Settings, IReadOnlyList<string> Problems) Examine(IConfiguration configuration)
    {
        var problems = new List<string>();
        if (KeyVaultReference.IsOne(configuration[StorageAccount.Setting])) problems.Add(KeyVaultReference.Unresolved(StorageAccount.Setting));
        else if (StorageAccount.Problem(configuration) is { } problem) problems.Add(problem);
        problems.AddRange(TelemetryTargets.Problems(configuration));
        var settings = new Settings(
            Section<BusinessOptions>("Business"), Section<MailOptions>("Mail"), Section<EngineOptions>("Engine"), Section<SecretOptions>("Secrets"),
            Section<ApiOptions>("Api"), Section<ReplyOptions>("Replies"), Section<CallOptions>("Calls"),
            Section<MailEventOptions>("MailEvents"), Section<ReferralOptions>("Referrals"), Section<TelemetryOptions>("Telemetry"),
            configuration["CampaignFolder"] is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "campaigns"));
        return (settings, problems);

        T Section<T>(string name) where T : ICheckedOptions, new()
        {
            var options = new T();
            var unreadable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            // One setting at a time: the binder stops at the first that it cannot read.
            foreach (var setting in configuration.GetSection(name).GetChildren())
            {
                try
                {
                    var values = setting.AsEnumerable().ToLookup(s => KeyVaultReference.IsOne(s.Value));
                    foreach (var (key, _) in values[true])
                    {
                        unreadable.Add(NameOf(key));
                        problems.Add(KeyVaultReference.Unresolved(NameOf(key)));
                    }
                    var one = values[false].Select(s => KeyValuePair.Create(s.Key[(name.Length + 1)..], s.Value));
                    new ConfigurationBuilder().AddInMemoryCollection(one).Build().Bind(options);
                }
                catch (InvalidOperationException)
                {
                    unreadable.Add($"{name}__{setting.Key}");
                    problems.Add($"{name}__{setting.Key}: \"{setting.Value}\" is not {Expected(typeof(T), setting.Key)}");
                }
            }
            // What could not be read has its default now, about which there is nothing to say.
            problems.AddRange(options.Problems().Where(p => !unreadable.Contains(p.Split(':')[0])));
            return options;
        }
    }

    /// <summary>Whether a setting, by its name as in the environment, is one that the app reads.</summary>
    public static bool Reads(string setting) =>
        setting is "ScanSchedule" or "CampaignFolder" || setting.StartsWith(StorageAccount.Setting, StringComparison.OrdinalIgnoreCase)
        || PropertyOf(setting) is not null;

    /// <summary>Whether the value of a setting, by its name as in the environment, is to be shown to nobody.</summary>
    public static bool IsSecret(string setting) =>
        string.Equals(setting, StorageAccount.Setting, StringComparison.OrdinalIgnoreCase) || PropertyOf(setting)?.IsDefined(typeof(SecretAttribute)) == true;

    private static PropertyInfo? PropertyOf(string setting) =>
        setting.Split("__") is [var section, var name, ..] ? Property(Property(typeof(Settings), section)?.PropertyType, name) : null;

    private static PropertyInfo? Property(Type? type, string name) =>
        type?.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase);

    private static string NameOf(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Only what is not a text can be unreadable, so the value that is shown is no secret.</summary>
    private static string Expected(Type options, string name)
    {
        var type = Property(options, name)?.PropertyType;
        if (type is { IsEnum: true }) return $"one of {string.Join(", ", Enum.GetNames(type))}";
        if (type == typeof(TimeSpan)) return "a length of time; write 00:00:30 for half a minute, 14.00:00:00 for fourteen days";
        if (type == typeof(decimal)) return "an amount; write 12.50 for twelve and a half";
        if (type == typeof(double)) return "a number; write 0.25 for a quarter";
        return type == typeof(bool) ? "true or false" : "a whole number";
    }
}
