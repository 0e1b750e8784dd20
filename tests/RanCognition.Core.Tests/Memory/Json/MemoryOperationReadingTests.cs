using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.MemoryQueryReadingTests;

namespace RanCognition.Tests.Memory;

/// <summary>Updates, analyses and what tasks ask of a memory.</summary>
public class MemoryOperationReadingTests
{
    private static EpisodeUpdate Update(string text) => JsonIn.EpisodeUpdate(Encoding.UTF8.GetBytes(text), "update");

    private static MemoryAnalysis Analysis(string text) => JsonIn.MemoryAnalysis(Encoding.UTF8.GetBytes(text), "request");

    private static MemoryOperation Operation(string text) => JsonIn.MemoryOperation(Encoding.UTF8.GetBytes(text), "data");

    [Fact]
    public void An_update_has_the_members_given_and_null_clears()
    {
        EpisodeUpdate update = Update("""{"reward":0.25,"id":17,"success":null,"text":null,"outcome":{"e":2},"known_ns":5,"size":1}""");
        Assert.Equal((17UL, EpisodeMembers.Reward | EpisodeMembers.Success | EpisodeMembers.Text | EpisodeMembers.Outcome, 5UL), (update.Id, update.Given, update.KnownNs));
        EpisodeSamples.CheckSame(new Episode { Id = 17, Reward = 0.25, Outcome = [new("e", 2)] }, update.Values);
        Assert.Equal([new("/size", "unknown field")], update.Ignored);
        EpisodeUpdate all = Update(
            """
            {"id":1,"time_ns":2,"network_id":null,"cell":null,"problem_type":null,"situation":null,"vector":null,"action":null,"outcome":null,"reward":null,"success":null,"tags":null,"metadata":null,
            "text":null,"known_ns":null}
            """);
        Assert.Equal((EpisodeMembers)((1 << 13) - 1), all.Given);
        Assert.Null(all.KnownNs);
        EpisodeSamples.CheckSame(new Episode { Id = 1, TimeNs = 2 }, all.Values);
    }

    [Theory]
    [InlineData("""{"reward":1}""", "update: field 'id' is missing at byte 11")]
    [InlineData("""{"id":5}""", "update: nothing to update: a member beside id is needed")]
    [InlineData("""{"id":5,"known_ns":1,"other":2}""", "update: nothing to update: a member beside id is needed")]
    [InlineData("""{"id":0,"reward":1}""", "update: /id: 0, must be 1..9223372036854775807")]
    [InlineData("""{"id":null,"reward":1}""", "update: /id: expected a whole number, found null at byte 6")]
    [InlineData("""{"id":5,"time_ns":null}""", "update: /time_ns: null, but an episode always has a time")]
    [InlineData("""{"id":5,"situation":{}}""", "update: /situation: no metric has a number")]
    [InlineData("""{"id":5,"vector":[]}""", "update: /vector: is empty: at least one number is needed")]
    [InlineData("""{"id":5,"vector":[1e39]}""", "update: /vector/0: 1E+39 is beyond the range of a 32-bit float")]
    [InlineData("""{"id":5,"reward":"1"}""", "update: /reward: expected a number, found a string at byte 17")]
    [InlineData("""{"id":5,"reward":1,"known_ns":9223372036854775808}""", "update: /known_ns: 9223372036854775808, must be 0..9223372036854775807")]
    public void An_update_that_says_nothing_or_too_much_is_refused(string text, string message) => CheckRefused(message, () => Update(text));

    [Fact]
    public void Each_analysis_is_read_wherever_its_op_stands()
    {
        SkillsAnalysis skills = Assert.IsType<SkillsAnalysis>(Analysis("""{"min_count":3,"half_life_ns":9,"coverage":0.9,"filter":{"cell":"c"},"op":"skills","path":"x"}"""));
        Assert.Equal((3, 9UL, 0.9, 1), (skills.MinCount, skills.HalfLifeNs, skills.Coverage, skills.Filter.Terms.Count));
        Assert.Equal([new("/path", "unknown field")], skills.Ignored);
        Assert.Equal((5, null, 0.95), Assert.IsType<SkillsAnalysis>(Analysis("""{"op":"skills"}""")) is { } defaults ? (defaults.MinCount, defaults.HalfLifeNs, defaults.Coverage) : default);

        EffectAnalysis effect = Assert.IsType<EffectAnalysis>(Analysis("""{"op":"effect","action":{"attribute":"digitalTilt","after":null},"outcome":"reward","filter":{"reward":{"$gte":1}}}"""));
        Assert.Equal(new ActionPattern(null, "digitalTilt", null, MetadataValue.Nothing.Instance), effect.Action);
        Assert.Equal(("reward", 0.95, 1), (effect.Outcome, effect.Coverage, effect.Filter.Terms.Count));

        PruneAnalysis prune = Assert.IsType<PruneAnalysis>(Analysis("""{"op":"prune","max_rows":0,"max_age_ns":7,"min_reward":-0.5,"filter":{"cell":"c"}}"""));
        Assert.Equal((0UL, 7UL, -0.5, 1), (prune.MaxRows, prune.MaxAgeNs, prune.MinReward, prune.Filter.Terms.Count));
        Assert.Equal("b.db", Assert.IsType<BackupAnalysis>(Analysis("""{"op":"backup","path":"b.db"}""")).Path);
    }

    [Theory]
    [InlineData("{}", "request: field 'op' is missing; it is one of: skills, effect, prune or backup at byte 1")]
    [InlineData("[]", "request: expected an object with op, found an array at byte 0")]
    [InlineData("""{"op":"learn"}""", "request: /op: 'learn' is none of: skills, effect, prune or backup at byte 6")]
    [InlineData("""{"op":5}""", "request: /op: expected a string, found a number at byte 6")]
    [InlineData("""{"op":"skills","op":"skills"}""", "request: field 'op' is given twice at byte 15")]
    [InlineData("""{"op":"skills","min_count":0}""", "request: /min_count: 0, must be 1..2147483647")]
    [InlineData("""{"op":"skills","coverage":1}""", "request: /coverage: must be above 0 and below 1")]
    [InlineData("""{"op":"skills","coverage":0}""", "request: /coverage: must be above 0 and below 1")]
    [InlineData("""{"op":"skills","filter":{"a":{"$x":1}}}""", "request: /filter/a/$x: unknown operator, must be one of: $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $contains or $exists")]
    [InlineData("""{"op":"effect","outcome":"e"}""", "request: field 'action' is missing at byte 28")]
    [InlineData("""{"op":"effect","action":{"attribute":"a"}}""", "request: field 'outcome' is missing at byte 41")]
    [InlineData("""{"op":"effect","action":{},"outcome":"e"}""", "request: /action: matches everything: managedObject, attribute, before or after is needed")]
    [InlineData("""{"op":"effect","action":[],"outcome":"e"}""", "request: /action: expected an object with managedObject and attribute, found an array at byte 24")]
    [InlineData("""{"op":"effect","action":{"attribute":""},"outcome":"e"}""", "request: /action/attribute: is empty")]
    [InlineData("""{"op":"effect","action":{"attribute":"a"},"outcome":""}""", "request: /outcome: is empty")]
    [InlineData("""{"op":"prune"}""", "request: no bound: max_rows, max_age_ns or min_reward is needed")]
    [InlineData("""{"op":"prune","max_rows":null}""", "request: no bound: max_rows, max_age_ns or min_reward is needed")]
    [InlineData("""{"op":"prune","max_rows":-1}""", "request: /max_rows: expected a whole number 0..18446744073709551615 at byte 25")]
    [InlineData("""{"op":"prune","min_reward":"low"}""", "request: /min_reward: expected a number, found a string at byte 27")]
    [InlineData("""{"op":"backup"}""", "request: field 'path' is missing at byte 14")]
    [InlineData("""{"op":"backup","path":""}""", "request: /path: is empty")]
    public void An_analysis_that_cannot_be_made_is_refused(string text, string message) => CheckRefused(message, () => Analysis(text));

    [Fact]
    public void A_task_stores_in_each_of_three_ways()
    {
        foreach (string text in new[] { """{"op":"store","episode":{"vector":[1],"cell":"c","x":1}}""", """{"vector":[1],"cell":"c","x":1,"op":"store"}""" })
        {
            MemoryOperation.Store store = Assert.IsType<MemoryOperation.Store>(Operation(text));
            Assert.False(store.IsBatch);
            EpisodeSamples.CheckSame(new Episode { Vector = [1], Cell = "c" }, Assert.Single(store.Episodes));
            Assert.EndsWith("/x", Assert.Single(store.Ignored).Field, StringComparison.Ordinal);
        }
        MemoryOperation.Store batch = Assert.IsType<MemoryOperation.Store>(Operation("""{"episodes":[{"vector":[1]},{"vector":[2]}],"op":"store"}"""));
        Assert.True(batch.IsBatch);
        Assert.Equal([1f, 2f], batch.Episodes.Select(episode => episode.Vector[0]));
    }

    [Fact]
    public void A_task_asks_changes_and_removes_with_members_beside_its_op()
    {
        RecallQuery query = Assert.IsType<MemoryOperation.Recall>(Operation("""{"op":"recall","vector":[1],"k":3,"x":1}""")).Query;
        Assert.Equal((3, 1f), (query.K, query.Vector[0]));
        Assert.Equal([new("/x", "unknown field")], query.Ignored);
        EpisodeUpdate update = Assert.IsType<MemoryOperation.Update>(Operation("""{"op":"update","id":4,"reward":1}""")).Change;
        Assert.Equal((4UL, EpisodeMembers.Reward), (update.Id, update.Given));
        Assert.Empty(update.Ignored);
        MemoryOperation.Remove remove = Assert.IsType<MemoryOperation.Remove>(Operation("""{"op":"remove","id":4,"why":"old"}"""));
        Assert.Equal(4UL, remove.Id);
        Assert.Equal([new("/why", "unknown field")], remove.Ignored);
    }

    [Fact]
    public void A_task_analyses_by_a_request_or_at_once()
    {
        foreach (string text in new[] { """{"op":"analyze","request":{"op":"prune","max_rows":5}}""", """{"op":"prune","max_rows":5}""" })
        {
            Assert.Equal(5UL, Assert.IsType<PruneAnalysis>(Assert.IsType<MemoryOperation.Analyze>(Operation(text)).Request).MaxRows);
        }
        Assert.IsType<SkillsAnalysis>(Assert.IsType<MemoryOperation.Analyze>(Operation("""{"op":"skills"}""")).Request);
        Assert.Equal(
            [new("/request/a", "unknown field"), new("/b", "unknown field")],
            Assert.IsType<MemoryOperation.Analyze>(Operation("""{"op":"analyze","request":{"op":"skills","a":1},"b":2}""")).Request.Ignored);
    }

    [Theory]
    [InlineData("""{"op":"forget"}""", "data: /op: 'forget' is none of: store, recall, update, remove, analyze, skills, effect, prune or backup at byte 6")]
    [InlineData("""{"op":"store"}""", "data: neither situation nor vector is given")]
    [InlineData("""{"op":"store","episode":null}""", "data: /episode: expected an object, found null at byte 24")]
    [InlineData("""{"op":"store","episodes":[]}""", "data: /episodes: is empty: at least one episode is needed")]
    [InlineData("""{"op":"store","episodes":[{"vector":[1]},{"vector":[1],"reward":"x"}]}""", "data: /episodes/1/reward: expected a number, found a string at byte 64")]
    [InlineData("""{"op":"store","episodes":[{"vector":[1]}],"episode":{"vector":[1]}}""", "data: /episode: episode and episodes cannot both be given at byte 52")]
    [InlineData("""{"op":"recall"}""", "data: nothing to look for: situation, vector, text or like is needed")]
    [InlineData("""{"op":"update","reward":1}""", "data: field 'id' is missing at byte 25")]
    [InlineData("""{"op":"remove"}""", "data: field 'id' is missing at byte 14")]
    [InlineData("""{"op":"remove","id":0}""", "data: /id: 0, must be 1..9223372036854775807")]
    [InlineData("""{"op":"analyze"}""", "data: field 'request' is missing at byte 15")]
    [InlineData("""{"op":"analyze","request":{"op":"analyze"}}""", "data: /request/op: 'analyze' is none of: skills, effect, prune or backup at byte 32")]
    [InlineData("", "data: not valid JSON at byte 0")]
    public void A_task_that_cannot_be_done_is_refused(string text, string message) => CheckRefused(message, () => Operation(text));
}
