using System.Text.Json.Serialization;
using Winback.Calls;
using Winback.Cli.Commands.Calls;
using Winback.Cli.Commands.Campaigns;
using Winback.Cli.Commands.Cases;
using Winback.Cli.Commands.Keys;
using Winback.Cli.Commands.Referrals;
using Winback.Cli.Commands.Replies;
using Winback.Cli.Demo;
using Winback.Cli.Doctor;
using Winback.Customers.Import;
using Winback.Hosting;
using Winback.Scan;

namespace Winback.Cli.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(ImportCounts))]
[JsonSerializable(typeof(ScanCounts))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(IReadOnlyList<MadeSecret>))]
[JsonSerializable(typeof(WebhookAddress))]
[JsonSerializable(typeof(SettingsPulled))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(List<ListedReferral>))]
[JsonSerializable(typeof(ChangedReferral))]
[JsonSerializable(typeof(PrintedLinks))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(Exported))]
[JsonSerializable(typeof(BackedUp))]
[JsonSerializable(typeof(Restored))]
[JsonSerializable(typeof(SettledReport))]
[JsonSerializable(typeof(Why))]
[JsonSerializable(typeof(List<ReplyReport>))]
[JsonSerializable(typeof(CasesReport))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(IReadOnlyList<ListedCampaign>))]
[JsonSerializable(typeof(List<CheckedMail>))]
[JsonSerializable(typeof(SwitchedCampaign))]
[JsonSerializable(typeof(NewCampaign))]
[JsonSerializable(typeof(List<SentTest>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(IReadOnlyList<PublishedCampaign>))]
[JsonSerializable(typeof(IReadOnlyList<CallEntry>))]
[JsonSerializable(typeof(CallResponse))]
[JsonSerializable(typeof(SheetLink))]
internal sealed partial class CommandJson : JsonSerializerContext;
