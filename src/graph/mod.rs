//! Analyses become one knowledge graph: entities merged across documents, edges with evidence.
