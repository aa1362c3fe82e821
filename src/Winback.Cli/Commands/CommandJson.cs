using System.Text.Json.Serialization;
using Winback.Cli.Demo;
using Winback.Cli.Doctor;
using Winback.Customers.Import;
using Winback.Scan;

namespace Winback.Cli.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(ImportCounts))]
[JsonSerializable(typeof(ScanCounts))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(Exported))]
[JsonSerializable(typeof(SettledReport))]
[JsonSerializable(typeof(Why))]
[JsonSerializable(typeof(DemoReport))]
internal sealed partial class CommandJson : JsonSerializerContext;
