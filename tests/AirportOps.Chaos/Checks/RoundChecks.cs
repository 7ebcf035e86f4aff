using System.Globalization;
using System.Text.Json;
using AirportOps.Chaos.Feeding;
using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;
using AirportOps.Testing;

namespace AirportOps.Chaos.Checks;

/// <summary>What must hold once all is worked off. Every check says what it found in a line for each fault.</summary>
/// <param name="folder">The round's folder.</param>
/// <param name="places">Options that name the round's warehouse.</param>
/// <param name="server">The folder of a server of the round's own, whose processes are the round's; null where there is none.</param>
internal sealed class RoundChecks(RoundFolder folder, string[] places, string? server)
{
    private static readonly TimeSpan TimeForVerb = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TimeToIdle = TimeSpan.FromSeconds(60);

    /// <summary>Makes all checks.</summary>
    internal async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        faults.AddRange(await VerifyAsync(cancellationToken));
        faults.AddRange(await DataTestsAsync(cancellationToken));
        faults.AddRange(await ArchiveAsync(cancellationToken));
        faults.AddRange(await SilverObjects.StrayAsync(FileLake.OpenToRead(folder.Lake), cancellationToken));
        faults.AddRange(await CalmRunAsync(cancellationToken));
        faults.AddRange(await ProcessesAsync(cancellationToken));
        return faults;
    }

    /// <summary>The source's ledger against Silver, quarantine and Gold.</summary>
    private async Task<IEnumerable<string>> VerifyAsync(CancellationToken cancellationToken)
    {
        var end = await RunAsync(["verify", "--ledger", folder.Ledger, "--json", .. places], cancellationToken);
        if (end.ExitCode is 0)
        {
            return [];
        }

        return end.Output.Length == 0
            ? [$"verify ended with {Text(end.ExitCode)}: {end.Error.Trim()}"]
            : [$"verify: {Text(Differences(end.Output))} differences: {end.Output.Trim()}"];
    }

    private async Task<IEnumerable<string>> DataTestsAsync(CancellationToken cancellationToken)
    {
        var end = await RunAsync(["gold", "test", .. places], cancellationToken);
        return end.ExitCode == 0 ? [] : [$"gold test ended with {Text(end.ExitCode)}: {end.Output.Trim()} {end.Error.Trim()}"];
    }

    /// <summary>The archive holds the stream's records, each once, byte for byte.</summary>
    private async Task<IEnumerable<string>> ArchiveAsync(CancellationToken cancellationToken)
    {
        await using var stream = LocalStream.Open(folder.Stream, new LocalStreamOptions(), TimeProvider.System);
        await using var archive = new BronzeStream(FileLake.OpenToRead(folder.Lake), stream.Name);
        var sent = (await StreamRecords.ReadAllAsync(stream, cancellationToken)).Select(record => record.Line).ToList();
        var archived = (await StreamRecords.ReadAllAsync(archive, cancellationToken)).Select(record => record.Line).ToList();
        return sent.SequenceEqual(archived)
            ? []
            :
            [
                $"Bronze has {Text(archived.Count)} records, the stream {Text(sent.Count)}; "
                + $"{Text(sent.Except(archived).Count())} are missing, {Text(archived.Count - archived.Distinct().Count())} are doubled",
            ];
    }

    /// <summary>Gold is that of an undisturbed run over the same stream.</summary>
    private async Task<IEnumerable<string>> CalmRunAsync(CancellationToken cancellationToken)
    {
        string[] calm = ["--lake", $"file:{folder["calm"]}", "--warehouse", $"local:{folder["calm-warehouse"]}"];
        var end = await RunAsync(["run", "--once", .. calm], cancellationToken);
        if (end.ExitCode != 0)
        {
            return [$"the calm run ended with {Text(end.ExitCode)}: {end.Error.Trim()}"];
        }

        var expected = await Star.ReadAsync(words => OutputAsync(["sql", .. words, .. calm], cancellationToken));
        var found = await Star.ReadAsync(words => OutputAsync(["sql", .. words, .. places], cancellationToken));
        return expected.Differences(found);
    }

    private async Task<IEnumerable<string>> ProcessesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Deadline.UntilAsync("every process has ended", () => Left().Count == 0, TimeToIdle, cancellationToken);
            return [];
        }
        catch (TimeoutException)
        {
            return [$"processes outlive the round: {string.Join(", ", Left())}"];
        }

        IReadOnlyCollection<FolderProcess> Left() => [.. FolderProcesses.Of(folder.Path).Except(server is null ? [] : FolderProcesses.Of(server))];
    }

    private async Task<string> OutputAsync(string[] words, CancellationToken cancellationToken)
    {
        var end = await RunAsync(words, cancellationToken);
        return end.ExitCode == 0
            ? end.Output
            : throw new InvalidOperationException($"'{string.Join(' ', words)}' ended with {Text(end.ExitCode)}: {end.Error.Trim()}");
    }

    private async Task<ProgramEnd> RunAsync(string[] words, CancellationToken cancellationToken)
    {
        await using var process = folder.Start(words);
        return await process.WaitAsync(TimeForVerb, cancellationToken);
    }

    private static int Differences(string verified)
    {
        using var document = JsonDocument.Parse(verified);
        return document.RootElement.GetProperty("difference_count").GetInt32();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
