using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class ProblemReadingTests
{
    private const string DocumentOnly =
        """{"id":"p","network_id":"n","problem_type":"t","current_state":{"RRU.PrbTotDl":65.5},"objectives":["minimize RRU.PrbTotDl"],"constraints":["RRU.PrbTotDl <= 70"]}""";

    private static RanProblem Read(string text) => JsonIn.Problem(Encoding.UTF8.GetBytes(text), "problem");

    private static string Refusal(string text) => Refusal(Encoding.UTF8.GetBytes(text));

    private static string Refusal(byte[] text) => Assert.Throws<InvalidJsonException>(() => JsonIn.Problem(text, "problem")).Message;

    [Fact]
    public void A_problem_with_the_documents_fields_alone_is_read()
    {
        RanProblem problem = Read(DocumentOnly);
        Assert.Equal(("p", "n", "t"), (problem.Id, problem.NetworkId, problem.ProblemType));
        Assert.Equal([new("RRU.PrbTotDl", 65.5)], problem.CurrentState);
        Assert.Equal(["minimize RRU.PrbTotDl"], problem.Objectives);
        Assert.Equal(["RRU.PrbTotDl <= 70"], problem.Constraints);
        Assert.Empty(problem.Ignored);
    }

    [Fact]
    public void Extensions_are_read_with_missing_values_as_NaN()
    {
        RanProblem problem = Read(
            """{"id":"p","history":{"a":{"start_ns":5,"step_ns":10,"values":[1,null,2.5e0]},"b":{"times_ns":[1,1,4],"values":[1,2,3]}},"horizon_ns":1e9,"deadline_ns":7,"seed":18446744073709551615,"include_timeline":true,"tolerance":{"a":0.5}}""");
        Assert.Equal([1, double.NaN, 2.5], problem.History[0].Value.Values);
        Assert.Equal(new ulong[] { 1, 1, 4 }, problem.History[1].Value.TimesNs);
        Assert.Equal(1_000_000_000UL, problem.HorizonNs);
        Assert.Equal(7UL, problem.DeadlineNs);
        Assert.Equal(ulong.MaxValue, problem.Seed);
        Assert.True(problem.IncludeTimeline);
        Assert.Equal(0.5, problem.Tolerance["a"]);
    }

    [Fact]
    public void Unknown_fields_are_listed_with_their_place()
    {
        RanProblem problem = Read("""{"id":"p","extra":{"deep":[1,{"x":2}]},"history":{"a/b":{"start_ns":0,"step_ns":1,"values":[],"unit":"%"}}}""");
        Assert.Equal(["/extra", "/history/a~1b/unit"], problem.Ignored.Select(field => field.Field));
    }

    [Theory]
    [InlineData("{}", "field 'id' is missing")]
    [InlineData("""{"id":5}""", "problem: /id: expected a string, found a number at byte 6")]
    [InlineData("""{"id":"p","id":"q"}""", "field 'id' is given twice")]
    [InlineData("""{"id":"p","current_state":{"a":1e400}}""", "/current_state/a: the number is beyond the range of a double")]
    [InlineData("""{"id":"p","current_state":{"a":"1"}}""", "/current_state/a: expected a number or null, found a string")]
    [InlineData("""{"id":"p","history":{"a":{"start_ns":0,"step_ns":1,"values":[1,2,"x"]}}}""", "/history/a/values/2: expected a number or null")]
    [InlineData("""{"id":"p","history":{"a":{"values":[1,2]}}}""", "/history/a: neither start_ns with step_ns nor times_ns is given")]
    [InlineData("""{"id":"p","history":{"a":{"times_ns":[5,4],"values":[1,2]}}}""", "/history/a: times_ns goes back at element 1")]
    [InlineData("""{"id":"p","history":{"a":{"times_ns":[5],"values":[1,2]}}}""", "1 times_ns for 2 values")]
    [InlineData("""{"id":"p","history":{"a":{"start_ns":18446744073709551615,"step_ns":9,"values":[1,2]}}}""", "beyond 2^64 ns")]
    [InlineData("""{"id":"p","horizon_ns":-1}""", "/horizon_ns: expected a whole number")]
    [InlineData("""{"id":"p","tolerance":{"a":-1}}""", "a tolerance must be 0 or more")]
    [InlineData("""{"id":"\ud800"}""", "not valid Unicode")]
    [InlineData("[1]", "expected an object, found an array at byte 0")]
    [InlineData("""{"id":"p"} x""", "at byte")]
    [InlineData("""{"id":"p",}""", "not valid JSON at byte")]
    public void What_cannot_be_used_is_refused_with_its_place(string text, string expected) => Assert.Contains(expected, Refusal(text));

    [Fact]
    public void Every_prefix_of_a_problem_is_refused()
    {
        byte[] text = Encoding.UTF8.GetBytes(DocumentOnly);
        for (int length = 1; length < text.Length; length++)
        {
            Assert.StartsWith("problem: ", Refusal(text[..length]));
        }
    }

    [Fact]
    public void Deep_nesting_and_invalid_bytes_are_refused()
    {
        Assert.Contains("nested deeper than 64", Refusal("""{"x":""" + new string('[', 100_000)));
        Assert.Contains("at byte", Refusal([.. """{"id":"""u8, (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}']));
        Assert.Contains("at byte", Refusal([0xEF, 0xBB, 0xBF, .. "{}"u8]));
    }

    [Fact]
    public void Random_damage_never_throws_anything_but_a_named_refusal()
    {
        byte[] good = Encoding.UTF8.GetBytes(
            """{"id":"p","network_id":"n","current_state":{"a":1,"b":null},"history":{"a":{"start_ns":0,"step_ns":3600000000000,"values":[1,2,3,null]}},"constraints":["a <= 3"],"seed":4}""");
        Random random = new(1);
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = (byte[])good.Clone();
            for (int hits = random.Next(1, 4); hits > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }
            try
            {
                JsonIn.Problem(damaged, "problem");
            }
            catch (Exception error) when (error is InvalidJsonException or LimitExceededException)
            {
                refused++;
                Assert.StartsWith("problem: ", error.Message);
            }
        }
        Assert.InRange(refused, 10_000, 20_000);
    }

    [Fact]
    public void A_batch_keeps_the_good_problems_and_names_the_bad()
    {
        IReadOnlyList<ProblemInput> problems = JsonIn.Problems("""[{"id":"a"},{"id":7},[1,[2]],{"id":"d"}]"""u8, "problems");
        Assert.Equal(["a", null, null, "d"], problems.Select(problem => problem.Problem?.Id));
        Assert.StartsWith("problems[1]: /id: expected a string", problems[1].Error);
        Assert.StartsWith("problems[2]: expected an object", problems[2].Error);
        Assert.Throws<InvalidJsonException>(() => JsonIn.Problems("""[{"id":"a"},"""u8, "problems"));
        Assert.Throws<InvalidJsonException>(() => JsonIn.Problems("{}"u8, "problems"));
    }

    [Fact]
    public void Constraints_need_an_id_and_a_type()
    {
        Assert.Equal((byte)255, Constraints("""[{"id":"c","constraint_type":"max","parameters":{"a":1},"priority":255}]""").Constraints[0].Priority);
        Assert.Empty(Constraints("").Constraints);
        foreach (string bad in (string[])["""[{"id":"c"}]""", """[{"constraint_type":"max"}]""", """[{"id":"c","constraint_type":"max","priority":256}]""", "{}"])
        {
            Assert.StartsWith("constraints: ", Assert.Throws<InvalidJsonException>(() => Constraints(bad)).Message);
        }
    }

    [Fact]
    public void What_is_not_used_of_the_constraints_is_noted_in_the_problem()
    {
        (RanProblem problem, _) = Constraints("""[{"id":"c","constraint_type":"max","parameters":{"m":7,"q":null},"bogus":1}]""");
        Assert.Equal(["constraints/0/parameters/q", "constraints/0/bogus"], problem.Ignored.Select(field => field.Field));
    }

    private static (RanProblem Problem, IReadOnlyList<Constraint> Constraints) Constraints(string text) =>
        JsonIn.Question("""{"id":"p"}"""u8, "problem", Encoding.UTF8.GetBytes(text), "constraints");

    [Fact]
    public void Names_are_checked_as_text()
    {
        Assert.Equal("zelle-ü", JsonIn.Text(Encoding.UTF8.GetBytes("zelle-ü"), "metric"));
        Assert.Throws<InvalidInputException>(() => JsonIn.Text([0x41, 0xFF], "metric"));
        Assert.Throws<LimitExceededException>(() => JsonIn.Text(new byte[2000], "metric"));
    }
}
