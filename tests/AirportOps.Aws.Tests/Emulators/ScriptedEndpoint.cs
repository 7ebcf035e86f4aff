using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>An HTTP endpoint that does what its script says, and passes on to an emulator what the script leaves alone.</summary>
public sealed class ScriptedEndpoint : IAsyncDisposable
{
    private static readonly HttpClient Upstream = new();

    private readonly WebApplication _server;
    private readonly Uri? _emulator;
    private readonly List<Rule> _rules = [];

    private ScriptedEndpoint(WebApplication server, Uri? emulator) => (_server, _emulator) = (server, emulator);

    /// <summary>Where it answers.</summary>
    public Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    /// <summary>Whether what comes is kept. Default true; under load it would fill the memory.</summary>
    public bool KeepsRequests { get; set; } = true;

    /// <summary>Starts on a free loopback port.</summary>
    /// <param name="emulator">Who answers what the script leaves alone; null for nobody.</param>
    public static async Task<ScriptedEndpoint> StartAsync(Uri? emulator = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        var server = builder.Build();
        var endpoint = new ScriptedEndpoint(server, emulator);
        server.Run(endpoint.ServeAsync);
        await server.StartAsync();
        return endpoint;
    }

    /// <summary>For the next requests that match, this happens instead.</summary>
    /// <param name="matches">Which requests.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="happening">What happens.</param>
    public void Next(Func<ReceivedRequest, bool> matches, int times, Happening happening)
    {
        lock (_rules)
        {
            _rules.Add(new Rule(matches, happening) { Left = times });
        }
    }

    /// <summary>To every so-many-th request that matches, this happens instead.</summary>
    /// <param name="matches">Which requests.</param>
    /// <param name="nth">To how manieth of them, from 1.</param>
    /// <param name="happening">What happens.</param>
    public void Every(Func<ReceivedRequest, bool> matches, int nth, Happening happening)
    {
        var count = 0;
        Next(request => matches(request) && ++count % nth == 0, int.MaxValue, happening);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var received = new MemoryStream();
        await context.Request.Body.CopyToAsync(received);
        var request = new ReceivedRequest(
            context.Request.Method,
            $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}",
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            received.ToArray());
        if (KeepsRequests)
        {
            Requests.Enqueue(request);
        }

        await Take(request)(new Exchange(context, request, body => ForwardAsync(context, request, body)));
    }

    private Happening Take(ReceivedRequest request)
    {
        lock (_rules)
        {
            var rule = _rules.Find(rule => rule.Left > 0 && rule.Matches(request));
            if (rule is null)
            {
                return _emulator is null ? Happenings.Answer(HttpStatusCode.NotImplemented, "{}") : exchange => exchange.PassOnAsync(request.Body, null);
            }

            rule.Left--;
            return rule.Happening;
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, ReceivedRequest request, byte[] body)
    {
        using var forwarded = new HttpRequestMessage(
            new HttpMethod(request.Method),
            $"{_emulator!.GetLeftPart(UriPartial.Authority)}{request.Target}")
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in request.Headers)
        {
            var isOfContent = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);
            if (name is "Content-Length" or "Expect" or "Connection" or "Transfer-Encoding")
            {
                continue;
            }

            ((HttpHeaders)(isOfContent ? forwarded.Content.Headers : forwarded.Headers)).TryAddWithoutValidation(name, value);
        }

        return await Upstream.SendAsync(forwarded);
    }

    private sealed record Rule(Func<ReceivedRequest, bool> Matches, Happening Happening)
    {
        public int Left { get; set; }
    }

    private sealed class Exchange(HttpContext context, ReceivedRequest request, Func<byte[], Task<HttpResponseMessage>> forward) : IHttpExchange
    {
        public ReceivedRequest Request => request;

        public async Task AnswerAsync(HttpStatusCode status, string contentType, byte[] body, bool saysLength)
        {
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = contentType;
            context.Response.ContentLength = saysLength ? body.Length : null;
            await context.Response.Body.WriteAsync(body);
        }

        public async Task PassOnAsync(byte[] body, Func<byte[], byte[]>? change)
        {
            using var response = await forward(body);
            var content = await response.Content.ReadAsByteArrayAsync();
            CopyHead(response);
            if (change is not null)
            {
                content = change(content);
                context.Response.ContentLength = content.Length;
            }

            if (request.Method != "HEAD")
            {
                await context.Response.Body.WriteAsync(content);
            }
        }

        public async Task CutAsync(int bytes)
        {
            using var response = await forward(request.Body);
            var content = await response.Content.ReadAsByteArrayAsync();
            CopyHead(response);
            await context.Response.Body.WriteAsync(content.AsMemory(0, bytes));
            await context.Response.Body.FlushAsync();
            context.Abort();
        }

        public async Task DropAsync(bool afterForwarding)
        {
            if (afterForwarding)
            {
                using var lost = await forward(request.Body);
            }

            context.Abort();
        }

        private void CopyHead(HttpResponseMessage response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            {
                if (name is not ("Transfer-Encoding" or "Connection"))
                {
                    context.Response.Headers[name] = values.ToArray();
                }
            }
        }
    }
}
