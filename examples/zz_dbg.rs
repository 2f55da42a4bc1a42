use demarche::*;
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let t = std::fs::read_to_string(p).unwrap();
    let a = Article { id: "x".into(), body: t, ..Default::default() };
    let l = Lexicon::builtin();
    let m = Model::builtin();
    let r = analyze(&a, &l, &m);
    let d = &r.document;
    println!(
        "title {:?} published {:?} dateline {:?}",
        d.title,
        d.published,
        d.dateline_place.map(|s| d.str(s))
    );
    for z in &d.zones {
        println!("{:?}: {:.80}", z.kind, d.str(z.span).replace('\n', "\\n"));
    }
    for s in &d.sentences {
        println!("--[{:?} p{}] {}", s.zone, s.paragraph, d.str(s.span));
        println!(
            "   {}",
            s.tokens()
                .map(|t| format!(
                    "{}/{}/{}",
                    d.word(t),
                    r.syntax.upos.get(t.at()).copied().unwrap_or_default(),
                    r.syntax.dep.get(t.at()).copied().unwrap_or_default()
                ))
                .collect::<Vec<_>>()
                .join(" ")
        );
    }
    for e in &r.entities.entities {
        println!(
            "{:?} {} {} {:?} [{}] roles {:?}",
            e.kind,
            e.name,
            e.key,
            e.country,
            e.mentions.iter().map(|m| d.str(r.entities.mentions[m.at()].span)).collect::<Vec<_>>().join("|"),
            e.roles.iter().map(|x| (&x.title, &x.of_key)).collect::<Vec<_>>()
        );
    }
    let n = |a: Option<relation::Argument>| {
        a.map(|a| r.entities.entities[a.entity.at()].name.clone()).unwrap_or("?".into())
    };
    for x in &r.relations.relations {
        println!(
            "{} -{}-> {} {:?} {:?} attr {:?} within {:?} {:?} trig {:?} rule {} conf {}",
            n(x.subject),
            l.predicates[x.predicate.at()].name,
            n(x.object),
            x.polarity,
            x.modality,
            x.attribution.map(|a| r.entities.entities[a.at()].name.clone()),
            x.within,
            x.time.map(|t| t.from),
            d.str(x.evidence.trigger),
            x.evidence.rule,
            x.confidence
        );
    }
    for q in &r.relations.quotations {
        println!(
            "Q {} ({:?}) {:?} cue {:?} about {:?}: {}",
            n(q.speaker),
            q.speaker_span.map(|s| d.str(s)),
            q.kind,
            q.cue.map(|s| d.str(s)),
            q.about.iter().map(|a| &r.entities.entities[a.at()].name).collect::<Vec<_>>(),
            q.segments.iter().map(|s| d.str(*s)).collect::<Vec<_>>().join(" … ")
        );
    }
}
