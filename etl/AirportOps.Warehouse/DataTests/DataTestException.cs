using AirportOps.Reliability;

namespace AirportOps.Warehouse.DataTests;

/// <summary>A data test that can't be read or can't be run; what the data is like it does not say.</summary>
/// <param name="file">The file that declares it, below the warehouse's SQL: <c>tests/gold.yml</c>.</param>
/// <param name="line">The number of the line in it.</param>
/// <param name="problem">What is wrong there and what to do, one or two sentences.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DataTestException(string file, int line, string problem, Exception? innerException)
    : WarehouseException($"{file} line {line}: {problem}", Fault.Operator, innerException)
{
    /// <summary>The file that declares it, below the warehouse's SQL.</summary>
    public string File { get; } = file;

    /// <summary>The number of the line in it.</summary>
    public int Line { get; } = line;
}
