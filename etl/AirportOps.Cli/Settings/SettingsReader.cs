using System.Globalization;
using AirportOps.Pipeline.Windows;
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

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="options">Settings given as options, by key, for instance <c>Data</c> or <c>Window:Seconds</c>.</param>
    /// <exception cref="UsageException">One or several settings are wrong; the message lists them all.</exception>
    internal static AppSettings Read(IEnumerable<KeyValuePair<string, string?>> options)
    {
        IConfigurationRoot configuration;
        try
        {
            configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, FileName), optional: true)
                .AddJsonFile(Path.Combine(Environment.CurrentDirectory, FileName), optional: true)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(options)
                .Build();
        }
        catch (InvalidDataException damaged)
        {
            throw new UsageException($"{FileName} can't be read: {damaged.InnerException?.Message ?? damaged.Message}");
        }

        var faults = new List<string>();
        var data = Path.GetFullPath(configuration["Data"] is { Length: > 0 } given ? given : ".airportops");
        var settings = new AppSettings
        {
            Data = data,
            Stream = configuration["Stream"] ?? $"local:{Path.Combine(data, "stream", "airport-events")}",
            Lake = configuration["Lake"] ?? $"file:{Path.Combine(data, "lake")}",
            Warehouse = configuration["Warehouse"] ?? $"local:{Path.Combine(data, "warehouse")}",
            PgBin = configuration["PG_BIN"],
            Shards = (int)Number("Shards", 4, 1, 64),
            Window = new WindowLimits(
                TimeSpan.FromSeconds(Number("Window:Seconds", 1, 0.001, 3600)),
                (int)Number("Window:Records", 50_000, 1, 10_000_000),
                (long)Number("Window:Bytes", 64 << 20, 1, 1L << 30)),
        };
        return faults.Count == 0 ? settings : throw new UsageException(string.Join("; ", faults));

        double Number(string key, double defaultValue, double least, double most)
        {
            if (configuration[key] is not { } text)
            {
                return defaultValue;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the setting {key} is '{text}', expected a number from {least} to {most}"));
            return defaultValue;
        }
    }
}
