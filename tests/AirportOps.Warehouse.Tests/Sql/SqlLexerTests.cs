using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Tests.Sql;

public sealed class SqlLexerTests
{
    [Theory]
    [InlineData("SELECT 'it''s; fine', \"a;\"\"b\" -- no; split\n;SELECT 2", 2)]
    [InlineData("/* a; /* nested; */ still; */ SELECT 1;", 1)]
    [InlineData("CREATE FUNCTION f() AS $$ BEGIN; END; $$; SELECT $tag$ $$ ; $tag$", 2)]
    [InlineData("-- nothing but a comment;\n;;", 0)]
    [InlineData("SELECT $1; SELECT 1.5e-3", 2)]
    public void Statements_end_at_semicolons_that_are_code(string script, int statements) =>
        Assert.Equal(statements, SqlSplitter.Statements(SqlLexer.Tokens(script)).Count());

    [Fact]
    public void Tokens_give_the_script_back_with_their_lines()
    {
        const string Script = "SELECT a.b,\n  'two\nlines' /* x */ FROM \"T\" WHERE n >= 1.5e+3;";

        var tokens = SqlLexer.Tokens(Script);

        Assert.Equal(Script, string.Concat(tokens.Select(token => token.Text)));
        Assert.Equal(
            ["SELECT 1", "a 1", ". 1", "b 1", ", 1", "'two\nlines' 2", "FROM 3", "\"T\" 3", "WHERE 3", "n 3", "> 3", "= 3", "1.5e+3 3", "; 3"],
            tokens.Where(token => token.IsCode).Select(token => $"{token.Text} {token.Line}"));
    }

    [Theory]
    [InlineData("SELECT\n 'open", "line 2: a string is never closed")]
    [InlineData("/* /* */ SELECT 1", "line 1: a comment is never closed")]
    [InlineData("SELECT \"open", "line 1: a quoted name is never closed")]
    [InlineData("SELECT $a$ $b$", "line 1: a string in $a$ is never closed")]
    public void What_is_never_closed_is_named_with_its_line(string script, string message) =>
        Assert.Equal(message, Assert.Throws<SqlSyntaxException>(() => SqlLexer.Tokens(script)).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_script_is_given_back_whole_or_refused(int seed)
    {
        string[] pieces = ["'", "\"", "--", "\n", "/*", "*/", "$$", "$a$", "$1", ";", "a", " ", "''", "1e", "-", "/", "é"];
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var script = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                var tokens = SqlLexer.Tokens(script);
                Assert.Equal(script, string.Concat(tokens.Select(token => token.Text)));
                Assert.DoesNotContain(tokens, token => token.Text.Length == 0);
            }
            catch (SqlSyntaxException open)
            {
                Assert.InRange(open.Line, 1, script.Count(c => c == '\n') + 1);
            }
        }
    }
}
