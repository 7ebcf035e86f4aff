using System.Net;
using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Lake;
using AirportOps.Reliability;
using Amazon.S3.Model;

namespace AirportOps.Aws.Tests.S3;

/// <summary>What a lake in S3 does beyond what every lake does, and under faults.</summary>
public sealed class S3LakeTests(AwsEmulators emulators)
{
    private const string SlowDown = """<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_put_whose_answer_was_lost_knows_its_own_object()
    {
        var moto = await emulators.MotoAsync();
        await using var proxy = await ScriptedEndpoint.StartAsync(moto);
        using var lake = TestBucket.Open(proxy.Url, await TestBucket.CreateAsync(moto));
        proxy.Next(IsPut, 2, Happenings.LostAnswer);

        Assert.True(await lake.PutAsync("manifests/1.json", "mine"u8.ToArray(), PutMode.IfAbsent, Token));

        Assert.Equal("mine", await TextAsync(lake, "manifests/1.json"));
        Assert.Equal(3, proxy.Requests.Count(IsPut));
    }

    [Fact]
    public async Task A_put_that_was_lost_does_not_take_an_equal_object_of_another_for_its_own()
    {
        var moto = await emulators.MotoAsync();
        await using var proxy = await ScriptedEndpoint.StartAsync(moto);
        var bucket = await TestBucket.CreateAsync(moto);
        using var lake = TestBucket.Open(proxy.Url, bucket);
        using var other = TestBucket.Open(moto, bucket);
        proxy.Next(IsPut, 1, async exchange =>
        {
            await other.PutAsync("manifests/1.json", "same"u8.ToArray(), PutMode.IfAbsent, CancellationToken.None);
            await Happenings.Reset(exchange);
        });

        Assert.False(await lake.PutAsync("manifests/1.json", "same"u8.ToArray(), PutMode.IfAbsent, Token));
    }

    [Fact]
    public async Task Throttling_failures_and_resets_are_waited_out()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        using var lake = TestBucket.Open(proxy.Url, await TestBucket.CreateAsync(proxy.Url));
        await lake.PutAsync("k", "1"u8.ToArray(), PutMode.Overwrite, Token);
        foreach (var method in (string[])["PUT", "GET", "HEAD", "DELETE"])
        {
            proxy.Next(request => request.Method == method, 2, Happenings.Answer(HttpStatusCode.ServiceUnavailable, SlowDown, "application/xml"));
            proxy.Next(request => request.Method == method, 1, Happenings.Reset);
        }

        Assert.True(await lake.PutAsync("k", "2"u8.ToArray(), PutMode.Overwrite, Token));
        Assert.Equal("2", await TextAsync(lake, "k"));
        Assert.Equal(1, (await lake.HeadAsync("k", Token))!.Bytes);
        await lake.DeleteAsync("k", Token);
        Assert.Null(await lake.TryGetAsync("k", Token));
    }

    [Fact]
    public async Task A_large_upload_goes_up_in_parts_a_few_at_a_time_and_survives_lost_answers()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        var options = new S3LakeOptions { PartBytes = 5 << 20, PartsInFlight = 2, RetryDelay = TimeSpan.FromMilliseconds(1) };
        using var lake = TestBucket.Open(proxy.Url, await TestBucket.CreateAsync(proxy.Url), options);
        var content = new byte[11 << 20];
        new Random(1).NextBytes(content);
        var (running, most) = (0, 0);
        proxy.Next(IsPart, 1, Happenings.LostAnswer);
        proxy.Next(IsPart, 100, async exchange =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Happenings.Late(TimeSpan.FromMilliseconds(20))(exchange);
            Interlocked.Decrement(ref running);
        });
        proxy.Next(IsCompletion, 1, Happenings.LostAnswer);

        await using (var upload = await lake.CreateAsync("large", Token))
        {
            await upload.WriteAsync(content.AsMemory(0, 6 << 20), Token);
            upload.Write(content.AsSpan(6 << 20));
            Assert.True(await upload.CompleteAsync(PutMode.IfAbsent, Token));
        }

        Assert.Equal(content, await lake.GetAsync("large", Token));
        Assert.InRange(most, 1, 2);
        Assert.Equal(4, proxy.Requests.Count(IsPart));
    }

    [Fact]
    public async Task An_upload_in_parts_that_comes_second_or_is_given_up_leaves_nothing_behind()
    {
        var moto = await emulators.MotoAsync();
        var bucket = await TestBucket.CreateAsync(moto);
        using var lake = TestBucket.Open(moto, bucket, new S3LakeOptions { PartBytes = 5 << 20 });
        await lake.PutAsync("k", "first"u8.ToArray(), PutMode.IfAbsent, Token);
        var content = new byte[11 << 20];

        await using (var second = await lake.CreateAsync("k", Token))
        {
            await second.WriteAsync(content, Token);
            Assert.False(await second.CompleteAsync(PutMode.IfAbsent, Token));
        }

        await using (var givenUp = await lake.CreateAsync("other", Token))
        {
            await givenUp.WriteAsync(content, Token);
        }

        using var client = TestAws.Clients(moto).S3();
        var uploads = await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket }, Token);
        Assert.Empty(uploads.MultipartUploads ?? []);
        Assert.Equal("first", await TextAsync(lake, "k"));
        Assert.Equal(["k"], await lake.ListAsync("", null, Token).Select(found => found.Key).ToArrayAsync(Token));
    }

    [Fact]
    public async Task A_read_goes_on_where_its_connection_broke()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        using var lake = TestBucket.Open(proxy.Url, await TestBucket.CreateAsync(proxy.Url));
        var content = new byte[3_000_000];
        new Random(2).NextBytes(content);
        await lake.PutAsync("k", content, PutMode.Overwrite, Token);
        proxy.Next(IsGet, 1, exchange => exchange.CutAsync(1_000_000));
        proxy.Next(IsGet, 1, exchange => exchange.CutAsync(500_000));
        proxy.Next(IsGet, 1, Happenings.Reset);

        Assert.Equal(content, await lake.GetAsync("k", Token));

        // Where exactly it goes on depends on what of the broken answer had arrived.
        Assert.All(
            proxy.Requests.Where(IsGet).Skip(1),
            request => Assert.Matches("^bytes=\\d+-2999999$", request.Headers["Range"]));
        Assert.Single(proxy.Requests.Where(IsGet).Skip(1).Select(request => request.Headers["If-Match"]).Distinct());
    }

    [Fact]
    public async Task A_read_never_mixes_two_contents()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        using var lake = TestBucket.Open(proxy.Url, await TestBucket.CreateAsync(proxy.Url));
        await lake.PutAsync("k", new byte[2_000_000], PutMode.Overwrite, Token);
        proxy.Next(IsGet, 1, exchange => exchange.CutAsync(1_000_000));
        await using var reading = await lake.OpenReadAsync("k", Token);
        await lake.PutAsync("k", Enumerable.Repeat((byte)1, 2_000_000).ToArray(), PutMode.Overwrite, Token);

        var error = await Assert.ThrowsAsync<LakeException>(() => reading.CopyToAsync(Stream.Null, Token));

        Assert.Equal($"The object 'k' of the lake {lake.Location} was replaced or deleted while it was read; read it again.", error.Message);
        Assert.Equal(Fault.Outside, error.Fault);
    }

    [Fact]
    public async Task Encryption_and_the_owner_of_the_bucket_go_with_every_call_that_takes_them()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        var options = new S3LakeOptions { KmsKeyId = "alias/airport", ExpectedBucketOwner = "123456789012", PartBytes = 5 << 20 };
        using var lake = TestBucket.Open(proxy.Url, await TestBucket.CreateAsync(proxy.Url), options);
        var created = proxy.Requests.Count;

        await lake.PutAsync("small", "1"u8.ToArray(), PutMode.Overwrite, Token);
        await using (var upload = await lake.CreateAsync("large", Token))
        {
            await upload.WriteAsync(new byte[6 << 20], Token);
            await upload.CompleteAsync(PutMode.Overwrite, Token);
        }

        await lake.GetAsync("small", Token);
        await lake.GetRangeAsync("small", 0, 1, Token);
        await lake.HeadAsync("small", Token);
        await lake.ListAsync("", null, Token).CountAsync(Token);
        await lake.DeleteAsync("small", Token);

        var requests = proxy.Requests.Skip(created).ToArray();
        Assert.All(requests, request => Assert.Equal("123456789012", request.Headers["x-amz-expected-bucket-owner"]));
        var encrypted = requests.Where(request => request.Headers.ContainsKey("x-amz-server-side-encryption")).ToArray();
        Assert.Equal(["/small", "/large?uploads"], encrypted.Select(request => request.Path[request.Path.LastIndexOf('/')..].TrimEnd('=')));
        Assert.All(encrypted, request => Assert.Equal(
            ("aws:kms", "alias/airport"),
            (request.Headers["x-amz-server-side-encryption"], request.Headers["x-amz-server-side-encryption-aws-kms-key-id"])));
    }

    [Fact]
    public async Task A_list_goes_on_past_a_thousand_objects()
    {
        var moto = await emulators.MotoAsync();
        using var lake = TestBucket.Open(moto, $"{await TestBucket.CreateAsync(moto)}/some/prefix/");
        var keys = Enumerable.Range(0, 1_002).Select(number => $"k/{number:D5}").ToArray();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (key, token) => await lake.PutAsync(key, default, PutMode.Overwrite, token));

        Assert.Equal(keys, await lake.ListAsync("k/", null, Token).Select(found => found.Key).ToArrayAsync(Token));
        Assert.Equal(keys[10..], await lake.ListAsync("", keys[9], Token).Select(found => found.Key).ToArrayAsync(Token));
    }

    [Fact]
    public async Task A_lake_under_a_prefix_sees_its_own_keys_only()
    {
        var moto = await emulators.MotoAsync();
        var bucket = await TestBucket.CreateAsync(moto);
        using var whole = TestBucket.Open(moto, bucket);
        using var part = TestBucket.Open(moto, $"{bucket}/part");
        using var client = TestAws.Clients(moto).S3();
        await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "part/folder/", ContentBody = "" }, Token);
        await whole.PutAsync("partner/k", default, PutMode.Overwrite, Token);
        await part.PutAsync("k", default, PutMode.Overwrite, Token);

        Assert.Equal($"s3://{bucket}/part", part.Location);
        Assert.Equal(["k"], await part.ListAsync("", null, Token).Select(found => found.Key).ToArrayAsync(Token));
        Assert.Equal(["part/k", "partner/k"], await whole.ListAsync("", null, Token).Select(found => found.Key).ToArrayAsync(Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("UPPER")]
    [InlineData("bucket//prefix")]
    [InlineData("bucket/../prefix")]
    public void What_is_no_place_is_refused(string place) =>
        Assert.ThrowsAny<UsageException>(() => TestBucket.Open(new Uri("http://127.0.0.1:1"), place));

    private static async Task<string> TextAsync(S3Lake lake, string key) => System.Text.Encoding.UTF8.GetString(await lake.GetAsync(key, Token));

    private static bool IsPut(ReceivedRequest request) => request.Method == "PUT";

    /// <summary>Of an object, not of a list.</summary>
    private static bool IsGet(ReceivedRequest request) => request.Method == "GET" && !request.Path.Contains("list-type=2", StringComparison.Ordinal);

    private static bool IsPart(ReceivedRequest request) => IsPut(request) && request.Path.Contains("partNumber=", StringComparison.Ordinal);

    private static bool IsCompletion(ReceivedRequest request) =>
        request.Method == "POST" && request.Path.Contains("uploadId=", StringComparison.Ordinal);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
