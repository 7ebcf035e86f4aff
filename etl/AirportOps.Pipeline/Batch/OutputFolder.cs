using System.Text.Json;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// The folder of a result. Everything is written under a hidden folder in it first; the manifest, written there last, says that the result is whole.
/// Then the parts are moved to their places, the manifest last again. Whoever is killed before the first manifest leaves what was there untouched; killed
/// after it, the next run completes the move before anything else. So at any time after a run there is one complete result or none, never parts of two.
/// </summary>
/// <remarks>The file lock keeps a second run out and is gone with the process that held it.</remarks>
internal sealed class OutputFolder : IDisposable
{
    private const string StagingName = ".clean";

    // What the systems say of a file that another process has locked: EWOULDBLOCK, and ERROR_SHARING_VIOLATION.
    private const int LinuxBusy = 11;
    private const int MacBusy = 35;
    private const int WindowsBusy = unchecked((int)0x8007_0020);
    private static readonly string[] Parts = ["silver", "quarantine"];

    private readonly string _root;
    private readonly string _staging;
    private readonly string _new;
    private readonly Action _beforeStep;
    private readonly FileStream _lock;

    private OutputFolder(string root, Action beforeStep)
    {
        _root = root;
        _staging = Path.Combine(root, StagingName);
        _new = Path.Combine(_staging, "new");
        _beforeStep = beforeStep;
        Step();
        Directory.CreateDirectory(_staging);
        try
        {
            _lock = new FileStream(Path.Combine(_staging, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (busy.HResult is LinuxBusy or MacBusy or WindowsBusy)
        {
            throw new PipelineException($"Another 'clean' is writing to {root}. Wait for it, or name another --out.", Fault.Outside, busy);
        }
    }

    /// <summary>Opens a folder for a new result, after completing or removing what a killed run has left.</summary>
    /// <param name="directory">The folder; created where it is not there.</param>
    /// <param name="sources">The inputs: a result of the same ones, by name, is replaced.</param>
    /// <param name="force">Whether a result of other inputs is replaced too.</param>
    /// <param name="beforeStep">Called before each change of the file system.</param>
    /// <exception cref="PipelineException">The folder has something else in it, or is in use.</exception>
    internal static OutputFolder Open(string directory, IReadOnlyList<BatchSource> sources, bool force, Action beforeStep)
    {
        var folder = new OutputFolder(Path.GetFullPath(directory), beforeStep);
        try
        {
            if (File.Exists(folder.NewManifest))
            {
                folder.Move();
            }

            folder.CheckMayReplace(sources, force);
            folder.Step();
            if (Directory.Exists(folder._new))
            {
                Directory.Delete(folder._new, recursive: true);
            }

            foreach (var part in Parts)
            {
                Directory.CreateDirectory(Path.Combine(folder._new, part));
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            if (!Directory.Exists(folder._new))
            {
                folder.RemoveStaging();
            }

            throw;
        }
    }

    /// <summary>A folder for what only the run needs; gone with the rest of what is hidden.</summary>
    internal string Scratch => Path.Combine(_staging, "scratch");

    private string NewManifest => Path.Combine(_new, CleanManifest.FileName);

    private string Manifest => Path.Combine(_root, CleanManifest.FileName);

    /// <summary>To be called before each change of the file system.</summary>
    internal void Step() => _beforeStep();

    /// <summary>A file of the new result, created by its first write.</summary>
    /// <param name="key">Its place in the folder.</param>
    internal AppendedFile Create(string key) => new(Path.Combine(_new, key), this);

    /// <summary>Makes what was written the folder's result.</summary>
    internal void Publish(CleanManifest manifest)
    {
        foreach (var folder in Directory.EnumerateDirectories(_new, "*", SearchOption.AllDirectories))
        {
            DurableDirectory.Flush(folder);
        }

        Step();
        var unfinished = NewManifest + ".part";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, manifest, CleanManifestJson.Default.CleanManifest);
            file.Flush(flushToDisk: true);
        }

        Step();
        System.IO.File.Move(unfinished, NewManifest);
        DurableDirectory.Flush(_new);
        Move();
    }

    /// <summary>Removes what was written. Where that fails, the next run does it.</summary>
    internal void Discard()
    {
        try
        {
            if (!File.Exists(NewManifest))
            {
                Step();
                Directory.Delete(_new, recursive: true);
                RemoveStaging();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The failure that led here says more.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>Moves a whole new result to its place; may be begun again at any step.</summary>
    private void Move()
    {
        Step();
        File.Delete(Manifest);
        DurableDirectory.Flush(_root);
        foreach (var part in Parts.Where(part => Directory.Exists(Path.Combine(_new, part))))
        {
            var place = Path.Combine(_root, part);
            if (Directory.Exists(place))
            {
                Step();
                Directory.Delete(place, recursive: true);
            }

            Step();
            Directory.Move(Path.Combine(_new, part), place);
        }

        DurableDirectory.Flush(_root);
        Step();
        File.Move(NewManifest, Manifest);
        DurableDirectory.Flush(_root);
        RemoveStaging();
    }

    /// <summary>Removes the hidden folder, or leaves it to the next run; the lock stays held by the open file.</summary>
    private void RemoveStaging()
    {
        try
        {
            Step();
            Directory.Delete(_staging, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The result stands or falls without it.
        }
    }

    private void CheckMayReplace(IReadOnlyList<BatchSource> sources, bool force)
    {
        if (!File.Exists(Manifest))
        {
            if (Parts.FirstOrDefault(part => Directory.Exists(Path.Combine(_root, part))) is { } foreign)
            {
                throw new PipelineException(
                    $"{_root} has a folder '{foreign}' that is not of a 'clean'; nothing was touched. Name an empty or new folder as --out.", Fault.Operator, null);
            }

            return;
        }

        if (!force && !CleanedFolder.ReadManifest(_root).Inputs.Select(input => input.Name).SequenceEqual(sources.Select(source => source.Input.Shard)))
        {
            throw new PipelineException(
                $"{_root} holds a complete result of other files; nothing was touched. Name another --out, or --force to replace it.", Fault.Operator, null);
        }
    }
}
