using System.Globalization;

namespace AirportOps.Benchmarks.Freshness;

/// <summary>Processor time of a process and its children, of those that have ended too, as Linux counts it.</summary>
internal static class ProcessTree
{
    private const int Parent = 1;
    private const int User = 11;
    private const int ChildrenSystem = 14;
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor time since the process began.</summary>
    internal static double ProcessorSeconds(int id)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder))
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => (Id: int.Parse(name, CultureInfo.InvariantCulture), Fields: Read(name)))
            .Where(process => process.Fields.Length > ChildrenSystem).ToList();
        return all.Where(process => process.Id == id || process.Fields[Parent] == id.ToString(CultureInfo.InvariantCulture))
            .SelectMany(process => process.Fields[User..(ChildrenSystem + 1)])
            .Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>The fields behind the name; none for a process that has ended meanwhile.</summary>
    private static string[] Read(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
