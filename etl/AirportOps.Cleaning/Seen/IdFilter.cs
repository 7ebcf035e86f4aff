namespace AirportOps.Cleaning.Seen;

/// <summary>
/// A Bloom filter over ids in blocks of one cache line, 12 bits an id: of ids that are not there about one in a hundred seems to be. Not thread-safe.
/// </summary>
/// <param name="ids">For how many.</param>
internal sealed class IdFilter(long ids)
{
    private const int BitsPerId = 12;
    private const int BlockWords = 8;
    private const int BlockBits = BlockWords * 64;
    private const int Probes = 6;

    private readonly ulong[] _words = new ulong[((ids * BitsPerId / BlockBits) + 1) * BlockWords];

    internal long Bytes => _words.Length * sizeof(ulong);

    internal void Add(UInt128 id)
    {
        var block = Block(id);
        var bits = Bits(id);
        for (var i = 0; i < Probes; i++, bits >>= 9)
        {
            block[(int)(bits >> 6) & (BlockWords - 1)] |= 1UL << (int)bits;
        }
    }

    /// <summary>False: it was never added.</summary>
    internal bool MayHold(UInt128 id)
    {
        var block = Block(id);
        var bits = Bits(id);
        var isThere = true;
        for (var i = 0; i < Probes; i++, bits >>= 9)
        {
            isThere &= (block[(int)(bits >> 6) & (BlockWords - 1)] & (1UL << (int)bits)) != 0;
        }

        return isThere;
    }

    private Span<ulong> Block(UInt128 id) =>
        _words.AsSpan((int)Math.BigMul((ulong)(id >> 64), (ulong)(_words.Length / BlockWords), out _) * BlockWords, BlockWords);

    /// <summary>Nine bits a probe; multiplied, so that ids that differ little set other bits.</summary>
    private static ulong Bits(UInt128 id) => ((ulong)id * 0x9E37_79B9_7F4A_7C15) >> 10;
}
