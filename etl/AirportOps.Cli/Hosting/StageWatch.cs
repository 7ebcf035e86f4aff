using System.CommandLine;
using AirportOps.Aws.Alerts;
using AirportOps.Cli.Settings;
using AirportOps.Operations.Alerts;
using AirportOps.Operations.Emf;

namespace AirportOps.Cli.Hosting;

/// <summary>What watches the stages of a verb while they run: metrics for CloudWatch and alerts, as the settings say. It can't fail them.</summary>
internal sealed class StageWatch : IAsyncDisposable
{
    /// <summary>The option that turns metrics on.</summary>
    internal static readonly Option<string?> Emf = new("--emf")
    {
        Description = $"Write metrics for CloudWatch: {MetricsSettings.Expected} [default: off; in a container of ECS, and when no TARGET is given, stderr]",
        HelpName = "TARGET",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly SnsAlertTarget? _topic;
    private readonly AlertWatch _alerts;
    private readonly EmfReporter? _metrics;

    private StageWatch(VerbContext context)
    {
        var places = context.Places;
        var settings = context.Settings;
        _metrics = settings.Metrics.Target is MetricsTarget.Off
            ? null
            : EmfReporter.Start(settings.Metrics.Options, text => WriteAsync(context, text), places.Logger, context.Clock);
        _topic = settings.Alerts.TopicArn is { } topic ? SnsAlertTarget.Open(topic, settings.Aws) : null;
        _alerts = AlertWatch.Start(settings.Alerts.Options, _topic, places.OpenLake, places.Logger, context.Clock);
    }

    /// <summary>Begins to watch; dispose it once the stages have ended.</summary>
    internal static StageWatch Start(VerbContext context) => new(context);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The alerts measure too.
        await _alerts.DisposeAsync();
        _topic?.Dispose();
        if (_metrics is not null)
        {
            await _metrics.DisposeAsync();
        }
    }

    private static async Task WriteAsync(VerbContext context, string text)
    {
        switch (context.Settings.Metrics.Target)
        {
            case MetricsTarget.File:
                await File.AppendAllTextAsync(context.Settings.Metrics.File!, text);
                break;
            case MetricsTarget.StandardOutput:
                await context.Out.WriteAsync(text);
                await context.Out.FlushAsync();
                break;
            default:
                await context.Error.WriteAsync(text);
                break;
        }
    }
}
