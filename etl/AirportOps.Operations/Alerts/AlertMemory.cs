using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AirportOps.Lake;
using Microsoft.Extensions.Logging;

namespace AirportOps.Operations.Alerts;

/// <summary>
/// Remembers which alerts were sent, in the lake under <c>alerts/KIND/</c>, an object for each place: so a process that is started anew, or every quarter of an hour, does
/// not say the same again. A lake that is away is done without: then this process remembers, and one line says so. For one caller at a time.
/// </summary>
/// <param name="lake">Opens the lake; null for a memory of this process alone.</param>
/// <param name="logger">Told when the lake can't be used.</param>
/// <param name="clock">Limits how long the lake is waited for.</param>
internal sealed class AlertMemory(Func<ILake>? lake, ILogger logger, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, AlertRecord> _known = new(StringComparer.Ordinal);
    private ILake? _opened;
    private bool _isFailing;

    /// <summary>What this process knows already; null for nothing.</summary>
    internal AlertRecord? Known(AlertKind kind, string place) => _known.GetValueOrDefault(KeyOf(kind, place));

    /// <summary>Looks up what is stored; null for nothing.</summary>
    internal async Task<AlertRecord?> ReadAsync(AlertKind kind, string place, CancellationToken cancellationToken)
    {
        var key = KeyOf(kind, place);
        await TryAsync(
            async (open, token) =>
            {
                if (await open.TryGetAsync(key, token).ConfigureAwait(false) is { } stored)
                {
                    _known[key] = JsonSerializer.Deserialize(stored, AlertRecordJson.Default.AlertRecord) ?? throw new JsonException("The record is empty.");
                }
            },
            cancellationToken).ConfigureAwait(false);
        return _known.GetValueOrDefault(key);
    }

    /// <summary>Stores what is so now.</summary>
    internal async Task WriteAsync(AlertKind kind, AlertRecord record, CancellationToken cancellationToken)
    {
        var key = KeyOf(kind, record.Place);
        _known[key] = record;
        await TryAsync(
            (open, token) => open.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(record, AlertRecordJson.Default.AlertRecord), PutMode.Overwrite, token),
            cancellationToken).ConfigureAwait(false);
    }


    private static string KeyOf(AlertKind kind, string place) =>
        $"alerts/{Alert.NameOf(kind)}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place))[..8])}.json";

    private async Task TryAsync(Func<ILake, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (lake is null)
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            _opened ??= lake();
            await work(_opened, either.Token).ConfigureAwait(false);
            _isFailing = false;
        }
        catch (Exception failure) when (failure is LakeException or JsonException or IOException or UnauthorizedAccessException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!_isFailing)
            {
                Log.AlertsNotRemembered(
                    logger, failure is OperationCanceledException ? "the lake does not answer." : failure.Message.ReplaceLineEndings(" "));
            }

            _isFailing = true;
        }
    }
}
