using System.Text;

namespace AirportOps.Simulator.Network;

/// <summary>An airline of the network.</summary>
internal sealed class Carrier(string code, Spelling spelling)
{
    private const int FirstNumber = 11;

    /// <summary>IATA code.</summary>
    public string Code { get; } = code;

    public byte[] Utf8 { get; } = Encoding.ASCII.GetBytes(code);

    /// <summary>What else the airline may be called without a doubt.</summary>
    public Spelling Spelling { get; } = spelling;

    /// <summary>The number of its next pair of flights: odd out, even back.</summary>
    public int NextNumber { get; set; } = FirstNumber;
}
