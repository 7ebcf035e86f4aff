namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>Records as they come down a stream: events, wrapped, joined, cut and damaged, some sent again.</summary>
/// <param name="random">All luck there is: equal seeds make equal records.</param>
internal sealed class RecordFuzz(Random random)
{
    private const int Remembered = 16;

    private readonly List<string> _sent = [];

    public byte[] Next()
    {
        // An event sent again, as it was or with one value changed, meets the ids of those accepted.
        var item = _sent.Count > 0 && random.OneIn(10) ? random.Of(_sent) : EventFuzz.Event(random);
        if (_sent.Count < Remembered)
        {
            _sent.Add(item);
        }
        else
        {
            _sent[random.Next(Remembered)] = item;
        }

        var record = random.OneIn(4) ? Wrapped(item) : item;
        var bytes = RawText.Bytes(random.OneIn(12) ? Damaged(record) : record);
        return random.OneIn(15) ? WrappingFuzz.Wrapped(random, bytes, () => RawText.Bytes(EventFuzz.Event(random))) : bytes;
    }

    private string Wrapped(string item)
    {
        switch (random.Next(12))
        {
            case 0:
                return $"[{item}{random.Of("", ",", " , ")}]";
            case 1:
                return $"[{item},{random.Of("7", "\"{}\"", "null", "[{}]", "{}", "true", "")},{EventFuzz.Event(random)}]";
            case 2 or 3:
                var text = random.OneIn(2) ? item : Wrapped(item);
                for (var times = random.OneIn(5) ? random.Next(1, 11) : 1; times > 0 && text.Length < 100_000; times--)
                {
                    text = ByteFuzz.Spoilt(random, RawText.Quoted(text), oneIn: 30);
                }

                return text;
            case 4:
                return item + random.Of("", " ", ",", " , ", "\n", ",,") + EventFuzz.Event(random);
            case 5:
                return random.Of("\xEF\xBB\xBF", "\xEF\xBB\xBF ", " \xEF\xBB\xBF", "\xEF\xBB\xBF\xEF\xBB\xBF", "\xEF\xBB") + item;
            case 6:
                return item + random.Of(",", " ,", "x", " 7", "]", "}", "[]", "null", ", 7", "\"{}\"", "{", "{\"a\"", " tru", ",,", "\0", "[{}]", "-", "[", "\"", "\xEF\xBB\xBF");
            case 7:
                return random.Of(" ", "\n\t", ",", "7", "[]", "\"\"", "null ", "[1] ", "x", "\f", "\u00A0") + item;
            case 8:
                return WrappingFuzz.Envelope(random, random.OneIn(4) ? Wrapped(item) : item);
            case 9:
                return random.Of("{}", "[]", "42", "\"\"", "\"x\"", "", " ", "[[]]", "[{}]", "[[{}]]", "null", "-", "-1", "1.", "1.5e", "tru", "{,}", "[,]", "[1,,]", "{} {}", "[{},{}]", ",", "\"{}\"", "\"[{}]\"", "\"{\"", "\"42\"", "{}{", "NaN",
                    "'a'", "{a:1}", "/**/{}", "01", "+1", "\"a\nb\"", "\"\\x\"", "\"\\u12\"", "\"\\u12", "[1 2]", "{\"a\" 1}", "{\"a\":}", "}", "]", "{}]", "\xEF\xBB\xBF", "[{}", "[{},", "[{}} ", "1 2", "\"a\" {}");
            case 10:
                var depth = random.Next(1, 300);
                var deep = random.OneIn(2) ? new string('[', depth) + new string(']', depth)
                    : string.Concat(Enumerable.Repeat("{\"d\":", depth)) + random.Of("1", "{}", "null") + new string('}', depth);
                return item[..1] + $"\"deep\":{deep}," + item[1..];
            default:
                var length = random.OneIn(3) ? 65_535 - 10 + random.Next(0, 12) : random.Next(100, 3_000);
                return item[..1] + $"\"long\":\"{new string('z', length)}\"," + item[1..];
        }
    }

    private string Damaged(string record)
    {
        if (record.Length == 0)
        {
            return record;
        }

        var at = random.Next(record.Length);
        return random.Next(5) switch
        {
            0 or 1 => record[..at],
            2 => record[..at] + (char)random.Next(256) + record[(at + 1)..],
            3 => record[..at] + record[(at + 1)..],
            _ => record[..at] + random.Of("\"", ",", "}", "{", "[", "]", ":", "\\", "\xFF", " ", "\n", "0", "\0") + record[at..],
        };
    }
}
