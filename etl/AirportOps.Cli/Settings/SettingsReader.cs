using System.Globalization;
using System.Numerics;
using AirportOps.Aws.Alerts;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Lakes;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Profiles;
using AirportOps.Cleaning.Seen;
using AirportOps.Operations.Alerts;
using AirportOps.Operations.Emf;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using Microsoft.Extensions.Configuration;

namespace AirportOps.Cli.Settings;

/// <summary>
/// Reads settings: <c>appsettings.json</c> beside the program, then that of the current folder, then <c>AIRPORTOPS_*</c> variables,
/// then options, each overriding the one before.
/// </summary>
internal static class SettingsReader
{
    private const string FileName = "appsettings.json";
    private const string EnvironmentPrefix = "AIRPORTOPS_";

    /// <summary>The files read, in order; those that are not there are passed over.</summary>
    internal static IReadOnlyList<string> Files =>
        [Path.Combine(AppContext.BaseDirectory, FileName), Path.Combine(Environment.CurrentDirectory, FileName)];

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="files">Settings as JSON, a later file overriding an earlier one.</param>
    /// <param name="options">Settings given as options, by key, for instance <c>Data</c> or <c>Window:Seconds</c>.</param>
    /// <exception cref="UsageException">One or several settings are wrong; the message lists them all.</exception>
    internal static AppSettings Read(IEnumerable<string> files, IEnumerable<KeyValuePair<string, string?>> options)
    {
        IConfigurationRoot configuration;
        try
        {
            var builder = new ConfigurationBuilder();
            foreach (var file in files)
            {
                builder.AddJsonFile(file, optional: true);
            }

            configuration = builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(options).Build();
        }
        catch (InvalidDataException damaged)
        {
            // The outer message names the file, the innermost one the line.
            throw new UsageException($"{damaged.Message.TrimEnd('.')}: {damaged.GetBaseException().Message}");
        }

        var faults = new List<string>();
        var data = Path.GetFullPath(configuration["Data"] is { Length: > 0 } given ? given : ".airportops");
        var leaseSeconds = Number("Leases:Seconds", 10, 1, 3600);
        var shards = (int)Whole("Shards", 4, 1, 64);
        var windowAge = TimeSpan.FromSeconds(Number("Window:Seconds", 1, 0.001, 3600));
        var settings = new AppSettings
        {
            Data = data,
            Stream = Given("Stream") ?? $"local:{Path.Combine(data, "stream", "airport-events")}",
            Lake = Given("Lake") ?? $"file:{Path.Combine(data, "lake")}",
            BronzeLake = Given("Bronze:Lake"),
            Warehouse = Given("Warehouse") ?? $"local:{Path.Combine(data, "warehouse")}",
            PgBin = configuration["PG_BIN"],
            Shards = shards,
            RetentionHours = Optional<double>("Retention:Hours", 0.01, 876_000, "a number"),
            RetentionBytes = Optional<long>("Retention:Bytes", 1 << 20, 1L << 50, "a whole number"),
            IdsInMemory = (int)Whole("Ids:InMemory", SeenLimit.DefaultInMemory, 1, 100_000_000),
            ReferenceAirports = OptionalPath("Reference:Airports"),
            ReferenceAirlines = OptionalPath("Reference:Airlines"),
            OncePatience = TimeSpan.FromSeconds(Number("Once:PatienceSeconds", 300, 0, 604_800)),
            Cleaning = new CleanerOptions { Profiles = Profiles("Cleaning:Profiles") },
            Window = new WindowLimits(
                windowAge,
                (int)Whole("Window:Records", 50_000, 1, 10_000_000),
                Whole("Window:Bytes", 64 << 20, 1, 1L << 30)),
            Bronze = BronzeLimits.Default with { Age = TimeSpan.FromSeconds(Number("Bronze:Seconds", 60, 0.001, 3600)) },
            HealthFile = OptionalPath("Health:File"),
            Aws = new AwsOptions { Endpoint = Endpoint("Aws:Endpoint") },
            S3 = new S3LakeOptions { KmsKeyId = configuration["S3:KmsKeyId"], ExpectedBucketOwner = configuration["S3:ExpectedBucketOwner"] },
            RedshiftCopyRole = Role("Redshift:CopyRole"),
            Leases = new LeaseSettings(
                configuration["Leases:Table"] is { Length: > 0 } table ? table : null,
                configuration["Leases:Worker"] is { Length: > 0 } worker ? worker : null,
                TimeSpan.FromSeconds(leaseSeconds),
                TimeSpan.FromSeconds(Number("Leases:HeartbeatSeconds", leaseSeconds / 5, 0.01, leaseSeconds / 3)),
                (int?)Optional<long>("Leases:MaxShards", 1, 100_000, "a whole number")),
            Metrics = Metrics(),
            Alerts = new AlertSettings(Topic("Alerts:TopicArn"), Alerts()),
        };
        return faults.Count == 0 ? settings : throw new UsageException(string.Join("; ", faults));

        // Compose files and units pass on variables that nobody has set, as empty ones.
        string? Given(string key) => configuration[key] is { Length: > 0 } place ? place : null;

        string? OptionalPath(string key) => configuration[key] is { Length: > 0 } path ? Path.GetFullPath(path) : null;

        SourceProfiles Profiles(string key)
        {
            try
            {
                return configuration[key] is { Length: > 0 } file ? SourceProfiles.With(File.ReadAllBytes(file)) : SourceProfiles.Default;
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
            {
                faults.Add($"the setting {key}: {wrong.Message}");
                return SourceProfiles.Default;
            }
        }

        string? Endpoint(string key)
        {
            try
            {
                _ = AwsEndpoints.Parse(configuration[key]);
            }
            catch (FormatException wrong)
            {
                faults.Add($"the setting {key}: {wrong.Message}");
            }

            return configuration[key];
        }

        string Role(string key)
        {
            var role = configuration[key] is { Length: > 0 } given ? given : "default";
            if (role != "default" && !role.StartsWith("arn:", StringComparison.Ordinal))
            {
                faults.Add($"the setting {key} is '{role}', expected default or the ARN of a role");
            }

            return role;
        }

        MetricsSettings Metrics()
        {
            const string Key = "Metrics:Emf";
            var options = new EmfOptions
            {
                Interval = TimeSpan.FromSeconds(Number("Metrics:Seconds", 60, 1, 3600)),
                ByShard = Flag("Metrics:ByShard"),
            };
            if (MetricsSettings.Read(configuration[Key], options) is { } read)
            {
                return read;
            }

            faults.Add($"the setting {Key} is '{configuration[Key]}', expected {MetricsSettings.Expected}");
            return new MetricsSettings(MetricsTarget.Off, null, options);
        }

        AlertOptions Alerts()
        {
            // A window that is not due yet is not stuck.
            var stuck = Number("Alerts:StuckWindowSeconds", 300, 0, 86_400);
            return new AlertOptions
            {
                Every = TimeSpan.FromMinutes(Number("Alerts:EveryMinutes", 60, 1, 10_080)),
                StuckAfter = stuck == 0 ? TimeSpan.Zero : windowAge + TimeSpan.FromSeconds(stuck),
                QuarantineShare = Number("Alerts:QuarantinePercent", 5, 0, 100) / 100,
                QuarantineOver = TimeSpan.FromMinutes(Number("Alerts:QuarantineMinutes", 15, 1, 1440)),
                QuarantineEvents = Whole("Alerts:QuarantineEvents", 1_000, 1, 1_000_000_000),
                StaleAfter = TimeSpan.FromMinutes(Number("Alerts:StaleMinutes", 30, 0, 10_080)),
            };
        }

        string? Topic(string key)
        {
            if (configuration[key] is not { Length: > 0 } arn)
            {
                return null;
            }

            try
            {
                return TopicName.Parse(arn).Arn;
            }
            catch (FormatException wrong)
            {
                faults.Add($"the setting {key}: {wrong.Message}");
                return null;
            }
        }

        bool Flag(string key)
        {
            if (configuration[key] is { } text && !bool.TryParse(text, out _))
            {
                faults.Add($"the setting {key} is '{text}', expected true or false");
            }

            return bool.TryParse(configuration[key], out var value) && value;
        }

        double Number(string key, double defaultValue, double least, double most) =>
            Optional(key, least, most, "a number") ?? defaultValue;

        long Whole(string key, long defaultValue, long least, long most) =>
            Optional(key, least, most, "a whole number") ?? defaultValue;

        T? Optional<T>(string key, T least, T most, string expected)
            where T : struct, INumber<T>
        {
            if (configuration[key] is not { } text)
            {
                return null;
            }

            var style = NumberStyles.AllowLeadingSign | (typeof(T) == typeof(double) ? NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent : NumberStyles.None);
            if (T.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the setting {key} is '{text}', expected {expected} from {least} to {most}"));
            return null;
        }
    }
}
